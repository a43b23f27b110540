import type { ProbeResult } from '../../../server/http/api.js';
import type { ApiError } from '../api/api-error.js';
import { useServices } from '../services.js';
import { Icon } from './icon.js';

interface ProbeNoteProps {
  readonly probe: ProbeResult | undefined;
  readonly error: ApiError | undefined;
  readonly probing: boolean;
}

/** What came of the last check or attempt to save, read out when it comes. */
export function ProbeNote({ probe, error, probing }: ProbeNoteProps) {
  const t = useServices().strings.form;
  return (
    <div class="probe" role="status" data-testid="probe" data-ok={probe?.ok}>
      {probing && (
        <p class="probe-line">
          <span class="spinner" aria-hidden="true" /> {t.checking}
        </p>
      )}
      {!probing && probe && (
        <p class={probe.ok ? 'probe-line probe-ok' : 'probe-line probe-bad'}>
          <Icon name={probe.ok ? 'camera' : 'warning'} /> {probe.summary}
        </p>
      )}
      {!probing && probe?.transcodedBecause !== undefined && (
        <p class="probe-line">{t.willTranscode(probe.transcodedBecause)}</p>
      )}
      {error && (
        <p class="probe-line probe-bad">
          <Icon name="warning" /> {error.message}
        </p>
      )}
    </div>
  );
}
