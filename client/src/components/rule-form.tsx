import { useEffect, useState } from 'preact/hooks';
import type { AlertRule, AlertRuleInput } from '../../../server/http/alert-api.js';
import type { Zone } from '../../../server/http/zone-api.js';
import { useServices } from '../services.js';
import { CheckField, SelectField, TextField } from './field.js';
import { RuleSinks } from './rule-sinks.js';
import { draftOfRule, type RuleDraft, ruleOfDraft } from './rule-draft.js';

const kinds = ['share-unmasked', 'unmasked-person', 'occupancy', 'camera-down'] as const;
const severities = ['info', 'warning', 'critical'] as const;
type ShareKey = 'share' | 'clearShare';
type CountKey =
  'atLeast' | 'window' | 'limit' | 'clearLimit' | 'forSeconds' | 'clearAfter' | 'cooldown' | 'digest';

interface RuleFormProps {
  /** Undefined for a new one. */
  readonly rule: AlertRule | undefined;
  readonly onSave: (rule: AlertRuleInput) => Promise<void>;
  readonly onCancel: () => void;
}

/** Everything a rule says. */
export function RuleForm({ rule, onSave, onCancel }: RuleFormProps) {
  const { api, store, strings } = useServices();
  const t = strings.watch.alerts;
  const [draft, setDraft] = useState(() => draftOfRule(rule));
  const [areas, setAreas] = useState<readonly Zone[]>([]);
  const set = (part: Partial<RuleDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const { cameraId, kind } = draft;
  useEffect(() => {
    let left = false;
    const take = (zones: readonly Zone[]): void => {
      if (!left) setAreas(zones.filter((zone) => zone.kind === 'area'));
    };
    // Without its zones a camera can still be watched as a whole.
    if (cameraId === '*') take([]);
    else
      api.zones(cameraId).then(
        (list) => take(list.zones),
        () => take([]),
      );
    return () => {
      left = true;
    };
  }, [api, cameraId]);
  const number = (key: ShareKey | CountKey, required = true, step: number | 'any' = 1) => (
    <TextField
      label={t[key]}
      value={draft[key]}
      onInput={(value) => set({ [key]: value })}
      input={{ type: 'number', min: 0, step, required }}
    />
  );
  return (
    <form
      class="panel rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
        void onSave(ruleOfDraft(draft, rule, timeZone));
      }}
    >
      <TextField
        label={t.ruleName}
        value={draft.name}
        onInput={(name) => set({ name })}
        input={{ required: true, maxLength: 80 }}
      />
      <SelectField
        label={t.what}
        value={kind}
        onChange={(value) => set({ kind: kinds.find((one) => one === value) ?? 'share-unmasked' })}
      >
        {kinds.map((one) => (
          <option key={one} value={one}>
            {t.kind[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t.severityLabel}
        value={draft.severity}
        onChange={(value) => set({ severity: severities.find((one) => one === value) ?? 'warning' })}
      >
        {severities.map((one) => (
          <option key={one} value={one}>
            {t.severity[one]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t.where}
        value={cameraId}
        onChange={(value) => set({ cameraId: value, zoneId: '' })}
      >
        <option value="*">{t.allCameras}</option>
        {store.cameras.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {areas.length > 0 && kind !== 'camera-down' && (
        <SelectField label={t.zone} value={draft.zoneId} onChange={(zoneId) => set({ zoneId })}>
          <option value="">{t.wholePicture}</option>
          {areas.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {kind === 'share-unmasked' && (
        <>
          {number('share', true, 'any')}
          {number('clearShare', false, 'any')}
          {number('atLeast')}
          {number('window')}
        </>
      )}
      {kind === 'occupancy' && (
        <>
          {number('limit')}
          {number('clearLimit', false)}
        </>
      )}
      {number('forSeconds')}
      {number('clearAfter')}
      {number('cooldown')}
      {number('digest')}
      {(kind === 'share-unmasked' || kind === 'unmasked-person') && (
        <CheckField
          label={t.incorrect}
          checked={draft.incorrectCounts}
          onChange={(incorrectCounts) => set({ incorrectCounts })}
        />
      )}
      {kind !== 'camera-down' && (
        <CheckField
          label={strings.privacy.rulePicture}
          checked={draft.picture}
          onChange={(picture) => set({ picture })}
        />
      )}
      <RuleSinks sinks={draft.sinks} onChange={(sinks) => set({ sinks })} />
      <CheckField label={t.quietHours} checked={draft.quiet} onChange={(quiet) => set({ quiet })} />
      {draft.quiet && (
        <>
          <TextField
            label={t.from}
            value={draft.from}
            onInput={(from) => set({ from })}
            input={{ type: 'time' }}
          />
          <TextField label={t.to} value={draft.to} onInput={(to) => set({ to })} input={{ type: 'time' }} />
        </>
      )}
      <CheckField label={t.enabled} checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
      <div class="actions">
        <button type="button" class="button" onClick={onCancel}>
          {strings.watch.sinks.cancel}
        </button>
        <button type="submit" class="button button-primary">
          {t.saveRule}
        </button>
      </div>
    </form>
  );
}
