import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../api/api-error.js';
import { readRtcSettings } from '../live/rtc-settings.js';
import { checkConnection } from '../media/check-connection.js';
import type { ConnectionEvidence } from '../media/connection-evidence.js';
import {
  connectionSteps,
  type ConnectionStep,
  diagnose,
  type Remedy,
  stepUnderWay,
} from '../media/diagnose-connection.js';
import { useServices } from '../services.js';

interface ConnectionReportProps {
  readonly cameraId: string;
  readonly direction: ConnectionEvidence['direction'];
}

type Outcome = 'good' | 'bad' | 'running' | 'skipped';

/** Checks a connection when it appears and shows each step as it is known, then what helps. */
export function ConnectionReport({ cameraId, direction }: ConnectionReportProps) {
  const { api, store, strings } = useServices();
  const t = strings.tools.connect;
  const [evidence, setEvidence] = useState<ConnectionEvidence>();
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    const leaving = new AbortController();
    setEvidence(undefined);
    setOver(false);
    setFailure(undefined);
    checkConnection({
      cameraId,
      direction,
      rtc: () => readRtcSettings(api, store),
      signal: leaving.signal,
      onEvidence: setEvidence,
    }).then(
      () => setOver(true),
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        setFailure(messageOf(error));
        setOver(true);
      },
    );
    return () => leaving.abort();
  }, [cameraId, direction, attempt, api, store]);
  const diagnosis = evidence && diagnose(evidence);
  const wrong = diagnosis !== undefined || failure !== undefined;
  return (
    <div class="connection" data-testid="connection" data-over={over}>
      <p class="quiet">{t.intro}</p>
      <ol class="steps">
        {connectionSteps.map((step) => {
          const outcome = outcomeOf(step, evidence);
          return (
            <li key={step} data-outcome={outcome} data-step={step}>
              <span class="step-mark" aria-hidden="true" />
              <span>
                {t.step[step]} <span class="visually-hidden">: {t.outcome[outcome]}</span>
                <Detail step={step} evidence={evidence} />
              </span>
            </li>
          );
        })}
      </ol>
      <div role="status">
        {!over && <p>{t.running}</p>}
        {over && !wrong && <p class="notice notice-good">{direction === 'watch' ? t.fine : t.fineSend}</p>}
        {failure !== undefined && <p class="notice notice-bad">{failure}</p>}
        {diagnosis !== undefined && (
          <section class="remedies">
            <h3>{t.remedies}</h3>
            <ul>
              {diagnosis.remedies.map((remedy) => (
                <li key={remedy}>{words(remedy)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <footer>
        <button type="button" class="button" disabled={!over} onClick={() => setAttempt(attempt + 1)}>
          {t.again}
        </button>
      </footer>
    </div>
  );

  function words(remedy: Remedy): string {
    if (remedy === 'hostAddresses') return t.remedy.hostAddresses(evidence?.pageHost ?? '');
    if (remedy === 'refused') return t.remedy.refused(evidence?.refusal?.message ?? '');
    return t.remedy[remedy];
  }
}

/** How a step stands: before the one that failed or runs all is well, after it nothing was reached. */
function outcomeOf(step: ConnectionStep, evidence: ConnectionEvidence | undefined): Outcome {
  if (evidence === undefined) return 'skipped';
  const failed = diagnose(evidence)?.failed;
  const mark = failed ?? stepUnderWay(evidence);
  if (mark === undefined) return 'good';
  const distance = connectionSteps.indexOf(step) - connectionSteps.indexOf(mark);
  if (distance < 0) return 'good';
  if (distance > 0) return 'skipped';
  return failed === undefined ? 'running' : 'bad';
}

function Detail({
  step,
  evidence,
}: {
  readonly step: ConnectionStep;
  readonly evidence: ConnectionEvidence | undefined;
}) {
  const t = useServices().strings.tools.connect.detail;
  const text = detailText();
  return text === undefined ? null : <span class="field-note step-note">{text}</span>;

  function detailText(): string | undefined {
    const { local, remote, path, media, refusal } = evidence ?? {};
    const list = (addresses: NonNullable<typeof local>): string =>
      addresses.map(({ address, kind }) => `${address} (${kind})`).join(', ') || '–';
    if (step === 'candidates' && local !== undefined) return t.local(list(local));
    if (step === 'offer' && refusal !== undefined && refusal.status > 0) return refusal.message;
    if (step === 'offer' && remote !== undefined) return t.remote(list(remote));
    if (step === 'path' && path !== undefined) return t.checks(path.sent, path.answered);
    if (step === 'video' && media !== undefined) return t.media(media.packets, media.frames);
    return undefined;
  }
}
