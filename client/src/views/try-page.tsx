import { useState } from 'preact/hooks';
import { DropZone } from '../components/drop-zone.js';
import { TextField } from '../components/field.js';
import { FullPageNote } from '../components/full-page-note.js';
import { Icon } from '../components/icon.js';
import { PageHead } from '../components/page-head.js';
import { TriedPicture } from '../components/tried-picture.js';
import { tryFailure } from '../components/try-failure.js';
import { type Trial, useTrial } from '../components/use-trial.js';
import { WebcamShot } from '../components/webcam-shot.js';
import { useServices } from '../services.js';

/** Tries one picture after the other: a file, what is pasted, an address of the web, a webcam shot. Nothing is kept. */
export function TryPage() {
  const { strings } = useServices();
  const t = strings.tools.try;
  const trial = useTrial();
  return (
    <div class="tool-page" data-testid="try-page">
      <PageHead title={t.title} />
      <p class="quiet">{t.intro}</p>
      <div class="try-layout">
        <Sources trial={trial} />
        {/* Always there, so that what comes into it is read out. */}
        <div role="status" aria-busy={trial.outcome.phase === 'working'}>
          <Outcome trial={trial} />
        </div>
      </div>
    </div>
  );
}

function Sources({ trial }: { readonly trial: Trial }) {
  const { strings } = useServices();
  const t = strings.tools.try;
  const [url, setUrl] = useState('');
  const [shooting, setShooting] = useState(false);
  return (
    <div class="panel">
      <DropZone
        label={t.choose}
        hint={t.chooseHint}
        accept="image/jpeg,image/png,image/webp,image/gif"
        onFile={(file) => trial.picture(file)}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (url.trim() !== '') trial.pictureAt(url.trim());
        }}
      >
        <TextField
          label={t.url}
          hint={t.urlHint}
          value={url}
          onInput={setUrl}
          input={{ type: 'url', inputMode: 'url', placeholder: 'https://', maxLength: 2048, required: true }}
        />
        <footer>
          <button type="submit" class="button">
            {t.fetch}
          </button>
        </footer>
      </form>
      <button type="button" class="button" onClick={() => setShooting(true)}>
        <Icon name="webcam" /> {t.webcam}
      </button>
      {shooting && (
        <WebcamShot
          onShot={(picture) => trial.picture(picture)}
          onFail={(reason) => trial.fail(new Error(reason))}
          onClose={() => setShooting(false)}
        />
      )}
    </div>
  );
}

function Outcome({ trial: { outcome } }: { readonly trial: Trial }) {
  const { strings } = useServices();
  const t = strings.tools.try;
  switch (outcome.phase) {
    case 'empty':
      return <FullPageNote icon="picture" title={t.emptyTitle} text={t.empty} />;
    case 'working':
      return <FullPageNote busy title={t.working} />;
    case 'failed':
      return (
        <FullPageNote icon="warning" title={t.failedTitle} text={tryFailure(outcome.error, t.failure)} />
      );
    case 'done':
      return <TriedPicture picture={outcome.picture} />;
  }
}
