import { clipEndings } from '../components/clip-type.js';
import { DropZone } from '../components/drop-zone.js';
import { FullPageNote } from '../components/full-page-note.js';
import { PageHead } from '../components/page-head.js';
import { ReplayZones } from '../components/replay-zones.js';
import { RunForm } from '../components/run-form.js';
import { RunPeople } from '../components/run-people.js';
import { RunTable } from '../components/run-table.js';
import { useZoneDraft } from '../components/use-zone-draft.js';
import { otherProblem, type ReplayControl, useReplay } from '../components/use-replay.js';
import { formatRatio } from '../format/numbers.js';
import { formatTime } from '../format/times.js';
import { useServices } from '../services.js';

/** A clip, run with different settings, and what they change in the counts. */
export function ReplayPage({ replayId }: { readonly replayId: string | undefined }) {
  const { session, strings } = useServices();
  const t = strings.tools.replay;
  const control = useReplay(replayId);
  if (!session.can('operate'))
    return <FullPageNote whole icon="warning" title={t.title} text={t.noPermission} />;
  const { replay, gone, failure } = control;
  const loading = replayId !== undefined && replay === undefined && !gone && failure === undefined;
  return (
    <div class="tool-page" data-testid="replay-page">
      <PageHead title={t.title}>
        {replay !== undefined && (
          <button type="button" class="button" onClick={() => control.remove()}>
            {t.remove}
          </button>
        )}
      </PageHead>
      <p class="quiet">{t.intro}</p>
      {loading && <FullPageNote busy title={t.loading} />}
      {!loading && (replay === undefined ? <Upload control={control} /> : <Compare control={control} />)}
    </div>
  );
}

function Upload({ control }: { readonly control: ReplayControl }) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  const { uploading, failure, gone } = control;
  const problem = gone ? t.gone : otherProblem(failure);
  return (
    <div class="panel">
      {problem !== undefined && (
        <p class="notice notice-bad" role="alert">
          {problem}
        </p>
      )}
      {uploading === undefined ? (
        <DropZone
          label={t.choose}
          hint={t.chooseHint}
          accept={`video/*,${clipEndings}`}
          onFile={(clip) => control.upload(clip)}
        />
      ) : (
        <div class="upload">
          <label for="upload-progress">{t.uploading}</label>
          <progress id="upload-progress" max={1} value={uploading} />
          <span>{formatRatio(uploading, locale)}</span>
          <button type="button" class="button button-small" onClick={() => control.stopUpload()}>
            {t.stop}
          </button>
        </div>
      )}
    </div>
  );
}

function Compare({ control }: { readonly control: ReplayControl }) {
  const { strings, locale } = useServices();
  const t = strings.tools.replay;
  const drawing = useZoneDraft([]);
  const { replay, failure, gone } = control;
  if (replay === undefined) return null;
  const zones = drawing.draft?.zones ?? [];
  return (
    <div class="replay-layout">
      {!gone && <ReplayZones replayId={replay.id} drawing={drawing} />}
      <section class="panel" aria-labelledby="new-run">
        <h2 id="new-run">{t.newRun}</h2>
        {gone ? (
          <p class="notice notice-bad" role="alert">
            {t.gone}
          </p>
        ) : (
          <p class="quiet">{t.kept(formatTime(replay.expiresAt, locale))}</p>
        )}
        <RunForm
          failure={failure}
          onRun={(input) => control.run(zones.length === 0 ? input : { ...input, zones })}
        />
      </section>
      <section class="panel" aria-labelledby="runs">
        <h2 id="runs">{t.runs}</h2>
        {replay.runs.length === 0 ? <p class="quiet">{t.noRuns}</p> : <RunTable runs={replay.runs} />}
        {replay.runs.map(
          ({ result }, index) =>
            result && <RunPeople key={index} name={t.run(index + 1)} people={result.people} />,
        )}
      </section>
    </div>
  );
}
