import { useState } from 'preact/hooks';
import type { AlertRule } from '../../../server/http/alert-api.js';
import type { SinkView } from '../../../server/http/sink-api.js';
import { AlertNav } from '../components/alert-nav.js';
import { Icon } from '../components/icon.js';
import { LoadNote } from '../components/load-note.js';
import { RuleForm } from '../components/rule-form.js';
import { useLoaded } from '../components/use-loaded.js';
import { useServices } from '../services.js';
import type { Strings } from '../strings/en.js';

/** The rules that raise alerts: list, add, change, remove. */
export function RulesPage() {
  const { api, store, session, strings } = useServices();
  const t = strings.watch.alerts;
  const { value: rules, failure, change, reload } = useLoaded(() => api.alertRules());
  const [open, setOpen] = useState<AlertRule | 'new' | undefined>(undefined);
  const admin = session.can('admin');
  const { value: sinks } = useLoaded(() => (admin ? api.sinks() : Promise.resolve([])));
  const nameOf = (cameraId: string): string =>
    cameraId === '*' ? t.allCameras : (store.live.value.cameras.get(cameraId)?.name ?? cameraId);
  const nameOfZone = (cameraId: string, zoneId: string): string =>
    store.live.value.zones.get(cameraId)?.areas.find((area) => area.zoneId === zoneId)?.name ?? zoneId;
  return (
    <div class="watch-page" data-testid="rules-page">
      <AlertNav current="rules" />
      <LoadNote value={rules} failure={failure} onRetry={reload} />
      {rules?.length === 0 && <p class="panel muted">{t.noRules}</p>}
      <ul class="alert-list">
        {rules?.map((rule) => (
          <li key={rule.ruleId} class="alert-row" data-severity={rule.severity} data-testid="rule">
            <div class="alert-head">
              <span class="badge" data-severity={rule.severity}>
                {t.severity[rule.severity]}
              </span>
              <strong>{rule.name}</strong>
              {!rule.enabled && <span class="badge">{t.off}</span>}
            </div>
            <p>
              {t.kind[rule.condition.kind]} · {nameOf(rule.cameraId)}
              {rule.zoneId !== undefined && `, ${nameOfZone(rule.cameraId, rule.zoneId)}`}
            </p>
            {admin && sinks !== undefined && <p class="muted">{toldTo(rule.sinks, sinks, strings)}</p>}
            {admin && (
              <div class="actions">
                <button
                  type="button"
                  class="icon-button"
                  aria-label={t.editRule(rule.name)}
                  onClick={() => setOpen(rule)}
                >
                  <Icon name="edit" />
                </button>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={t.removeRule(rule.name)}
                  onClick={() => void change(() => api.removeAlertRule(rule.ruleId))}
                >
                  <Icon name="close" />
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {admin && open === undefined && (
        <button type="button" class="button button-primary" onClick={() => setOpen('new')}>
          <Icon name="plus" /> {t.addRule}
        </button>
      )}
      {open !== undefined && (
        <RuleForm
          key={open === 'new' ? 'new' : open.ruleId}
          rule={open === 'new' ? undefined : open}
          onCancel={() => setOpen(undefined)}
          onSave={async (input) => {
            const ruleId = open === 'new' ? undefined : open.ruleId;
            if (await change(() => api.saveAlertRule(input, ruleId))) setOpen(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Who is told of the alerts of a rule, by name; a sink that is no more tells nobody. */
function toldTo(told: AlertRule['sinks'], sinks: readonly SinkView[], { outbox: t }: Strings): string {
  if (told === '*') return t.tellsAll;
  const names = sinks.filter(({ sinkId }) => told.includes(sinkId)).map(({ name }) => name);
  return names.length === 0 ? t.tellsNobody : t.tells(names.join(', '));
}
