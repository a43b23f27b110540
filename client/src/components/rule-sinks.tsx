import { useServices } from '../services.js';
import type { RuleDraft } from './rule-draft.js';
import { CheckField } from './field.js';
import { RouteLink } from './route-link.js';
import { useLoaded } from './use-loaded.js';

interface RuleSinksProps {
  readonly sinks: RuleDraft['sinks'];
  readonly onChange: (sinks: RuleDraft['sinks']) => void;
}

/** Who is told of a rule's alerts: everything that tells alerts, also what is added later, or only these. */
export function RuleSinks({ sinks, onChange }: RuleSinksProps) {
  const { api, strings } = useServices();
  const t = strings.outbox;
  const { value: known, failure } = useLoaded(() => api.sinks());
  const chosen = sinks === '*' ? [] : sinks;
  const ways = [
    [t.tellAll, sinks === '*', '*'],
    [t.tellThese, sinks !== '*', (known ?? []).map(({ sinkId }) => sinkId)],
  ] as const;
  return (
    <fieldset class="rule-sinks">
      <legend>{t.tell}</legend>
      {ways.map(([label, checked, become]) => (
        <label key={label} class="check">
          <input type="radio" name="rule-sinks" checked={checked} onChange={() => onChange(become)} />
          <span>{label}</span>
        </label>
      ))}
      {sinks !== '*' && (
        <div class="rule-sink-list">
          {known?.map(({ sinkId, name }) => (
            <CheckField
              key={sinkId}
              label={name}
              checked={chosen.includes(sinkId)}
              onChange={(on) => onChange(on ? [...chosen, sinkId] : chosen.filter((one) => one !== sinkId))}
            />
          ))}
          {known?.every(({ sinkId }) => !chosen.includes(sinkId)) === true && (
            <p class="field-note">{t.tellsNobody}</p>
          )}
        </div>
      )}
      {known?.length === 0 && (
        <p class="field-note">
          {strings.watch.sinks.none}{' '}
          <RouteLink to={{ view: 'sinks' }}>{strings.watch.alerts.sinks}</RouteLink>
        </p>
      )}
      {failure !== undefined && (
        <p class="notice notice-bad" role="alert">
          {failure}
        </p>
      )}
    </fieldset>
  );
}
