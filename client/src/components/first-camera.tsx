import { useState } from 'preact/hooks';
import type { CameraView } from '../../../server/realtime/events.js';
import { messageOf } from '../api/api-error.js';
import { useServices } from '../services.js';
import { CameraStatusLine } from './camera-status.js';
import { TextField } from './field.js';
import { Icon } from './icon.js';
import { ProbeNote } from './probe-note.js';
import { RouteLink } from './route-link.js';
import { useCameraForm } from './use-camera-form.js';
import { VideoStage } from './video-stage.js';

interface FirstCameraProps {
  /** Goes on with a camera. */
  readonly onNext: (camera: CameraView) => void;
}

/** The first step: a camera by its address, whose picture shows at once, or this webcam, or one that is there already. */
export function FirstCamera({ onNext }: FirstCameraProps) {
  const { store, strings } = useServices();
  const t = strings.start;
  const [added, setAdded] = useState<string>();
  const there = store.cameras.value.filter(({ demo }) => !demo);
  const shown = there.find(({ id }) => id === added);
  if (shown !== undefined) {
    return <Picture camera={shown} onNext={onNext} onOther={() => setAdded(undefined)} />;
  }
  return (
    <div class="first-choice">
      <AddressForm onAdded={({ id }) => setAdded(id)} />
      <section class="panel" aria-labelledby="first-webcam">
        <h3 id="first-webcam">{t.orWebcam}</h3>
        <p>{t.webcamHint}</p>
        <p>
          <RouteLink to={{ view: 'publish' }} class="button">
            <Icon name="webcam" /> {strings.app.useWebcam}
          </RouteLink>
        </p>
        {there.length > 0 && (
          <>
            <h3>{t.orKnown}</h3>
            <p class="first-known">
              {there.map((camera) => (
                <button key={camera.id} type="button" class="button" onClick={() => onNext(camera)}>
                  {t.goOnWith(camera.name)}
                </button>
              ))}
            </p>
          </>
        )}
      </section>
    </div>
  );
}

function AddressForm({ onAdded }: { readonly onAdded: (camera: CameraView) => void }) {
  const { strings } = useServices();
  const t = strings.form;
  const form = useCameraForm(undefined, onAdded, { saveGood: true });
  const { draft, change, fieldError, busy } = form;
  return (
    <form
      class="panel"
      data-testid="camera-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <h3>{strings.start.byAddress}</h3>
      <TextField
        label={t.name}
        value={draft.name}
        error={fieldError('name')}
        input={{ placeholder: t.namePlaceholder, required: true, maxLength: 80, autoComplete: 'off' }}
        onInput={(name) => change({ name })}
      />
      <TextField
        label={t.address}
        value={draft.url}
        hint={t.addressHint}
        error={fieldError('url')}
        input={{
          placeholder: t.addressPlaceholder,
          required: true,
          inputMode: 'url',
          spellcheck: false,
          autoComplete: 'off',
          autoCapitalize: 'off',
        }}
        onInput={(url) => change({ url })}
      />
      <ProbeNote probe={form.probe} error={form.error} probing={busy === 'probing'} />
      <footer>
        <button type="submit" class="button button-primary" disabled={!form.ready}>
          {busy !== undefined
            ? t.checking
            : form.next === 'saveAnyway'
              ? t.saveAnyway
              : strings.start.connect}
        </button>
      </footer>
    </form>
  );
}

interface PictureProps extends FirstCameraProps {
  readonly camera: CameraView;
  readonly onOther: () => void;
}

/** The picture of the camera that was just added, or why there is none. */
function Picture({ camera, onNext, onOther }: PictureProps) {
  const { api, strings } = useServices();
  const t = strings.start;
  const [failure, setFailure] = useState<string>();
  return (
    <section class="panel" aria-labelledby="first-picture">
      <h3 id="first-picture">{t.isThis(camera.name)}</h3>
      <VideoStage camera={camera} />
      <CameraStatusLine camera={camera} />
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {strings.notice.actionFailed(failure)}
        </p>
      )}
      <footer class="first-foot">
        <button
          type="button"
          class="button"
          onClick={() =>
            void api.removeCamera(camera.id).then(onOther, (error: unknown) => setFailure(messageOf(error)))
          }
        >
          {t.otherAddress}
        </button>
        <button type="button" class="button button-primary" onClick={() => onNext(camera)}>
          {t.next}
        </button>
      </footer>
    </section>
  );
}
