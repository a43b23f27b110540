import type { AlertRule, AlertRuleInput } from '../http/alert-api.js';
import type { Moment } from '../ledger/ledger-change.js';
import type { Alert, AlertEvent, AlertPicture, CameraView } from '../realtime/events.js';
import type { AlertStore } from '../storage/alert-store.js';
import type { Journal } from '../storage/journal.js';
import type { RuleStore } from '../storage/rule-store.js';
import { type Act, calm, type MachineState, step } from './alert-machine.js';
import { isQuiet } from './quiet-hours.js';
import { type Place, type Reading, readPlace } from './reading.js';

/** What a desk stands on. */
export interface AlertDeskOptions {
  readonly rules: RuleStore;
  readonly alerts: Pick<AlertStore, 'open' | 'get'>;
  readonly journal: Pick<Journal, 'putAlert' | 'append' | 'flush'>;
  readonly cameras: () => readonly CameraView[];
  /** What is known of a zone of a camera; of the whole picture without one. */
  readonly placeOf: (camera: CameraView, zoneId: string | undefined) => Place;
  readonly zoneName: (cameraId: string, zoneId: string) => string | undefined;
  readonly now: () => Moment;
  readonly newId: () => string;
  /** Told of each alert that begins, after it was written. */
  readonly onRaised?: (alert: Alert, rule: AlertRule) => void;
  /** Milliseconds between two looks at all rules: 500. */
  readonly tickMs?: number;
}

/** The alert rules and the alerts that last. */
export interface AlertDesk {
  rules(): readonly AlertRule[];
  /** @returns undefined when there are too many rules */
  addRule(input: AlertRuleInput): AlertRule | undefined;
  /** Its alerts end. @returns undefined when there is no such rule */
  changeRule(ruleId: string, input: AlertRuleInput): AlertRule | undefined;
  /** Its alerts end. @returns false when there is no such rule */
  removeRule(ruleId: string): boolean;
  /** Takes a sink out of the rules that name it; their alerts go on. One that named no other tells nobody from now on. */
  forgetSink(sinkId: string): void;
  /** @returns the alert; undefined when there is none of this id */
  acknowledge(alertId: string, by: string, note: string): Alert | undefined;
  /** Says that a picture is kept with an alert, or no longer. Unknown alerts are ignored. */
  showPicture(alertId: string, picture: AlertPicture | undefined): void;
  /** Begins to look by the clock; call it when the cameras are there, so that alerts of before find theirs. */
  begin(): void;
  /** Looks at all rules now, as the clock does. */
  look(): void;
  /** Stops looking; alerts that last are there again after a restart. Idempotent. */
  close(): void;
}

/** Rules at most. */
const mostRules = 100;
/** An alert that gets worse and worse is told anew this often at most. */
const updateEveryMs = 5000;

interface Watched {
  state: MachineState;
  alert: Alert | undefined;
}

/** Makes the desk; alerts that lasted when the server ended go on. */
export function createAlertDesk(options: AlertDeskOptions): AlertDesk {
  const { journal, cameras, placeOf, zoneName, now, newId, tickMs = 500 } = options;
  const rules = new Map(options.rules.list().map((rule) => [rule.ruleId, rule]));
  const watched = new Map<string, Watched>();
  let closed = false;

  const tell = (change: AlertEvent['change'], alert: Alert): void => {
    journal.putAlert(alert);
    journal.append('alert', alert.cameraId, now().epochMs, { change, alert });
  };
  const end = (key: string, { alert }: Watched): void => {
    watched.delete(key);
    if (alert !== undefined) tell('cleared', { ...alert, clearedAt: now().epochMs });
  };
  const endOf = (ruleId: string): void => {
    for (const [key, place] of watched) if (key.startsWith(`${ruleId} `)) end(key, place);
  };

  for (const alert of options.alerts.open()) {
    const { monotonicMs } = now();
    const phase = { name: 'raised', worst: alert.worst, quiet: alert.quiet, changedMs: monotonicMs } as const;
    watched.set(keyOf(alert.ruleId, alert.cameraId), { state: { phase }, alert });
  }

  const lookAt = (rule: AlertRule, camera: CameraView, moment: Moment): void => {
    const key = keyOf(rule.ruleId, camera.id);
    const place = watched.get(key) ?? { state: calm, alert: undefined };
    const reading = readPlace(rule.condition, rule.incorrectCounts, placeOf(camera, rule.zoneId));
    const quiet = rule.quietHours !== undefined && isQuiet(rule.quietHours, moment.epochMs);
    const { state, act } = step(place.state, reading, patienceOf(rule), moment.monotonicMs, quiet);
    watched.set(key, { state, alert: place.alert });
    if (act !== undefined) carryOut(act, key, rule, camera, reading, moment);
  };

  const carryOut = (
    act: Act,
    key: string,
    rule: AlertRule,
    camera: CameraView,
    reading: Reading,
    { epochMs }: Moment,
  ): void => {
    const place = watched.get(key);
    if (place === undefined) return;
    const { phase } = place.state;
    const before = place.alert ?? raised(rule, camera, reading, newId(), epochMs, zoneName);
    const worse = act !== 'clear' && reading.value >= before.worst;
    const alert: Alert = {
      ...before,
      value: reading.value,
      ...(worse ? { worst: reading.value, people: reading.people } : {}),
      ...(phase.name === 'raised' ? { quiet: phase.quiet } : {}),
      ...(act === 'clear' ? { clearedAt: epochMs } : {}),
    };
    place.alert = act === 'clear' ? undefined : alert;
    tell(act === 'raise' ? 'raised' : act === 'update' ? 'updated' : 'cleared', alert);
    if (act === 'raise') options.onRaised?.(alert, rule);
  };

  const look = (): void => {
    const moment = now();
    const views = cameras();
    const kept = new Set<string>();
    for (const rule of rules.values()) {
      if (!rule.enabled) continue;
      for (const camera of views) {
        if (rule.cameraId !== '*' && rule.cameraId !== camera.id) continue;
        kept.add(keyOf(rule.ruleId, camera.id));
        lookAt(rule, camera, moment);
      }
    }
    // What no rule or camera stands behind any more comes to its end.
    for (const [key, place] of watched) if (!kept.has(key)) end(key, place);
  };
  let timer: NodeJS.Timeout | undefined;

  /** Changes an alert, whether it lasts or is over. @returns undefined when there is none of this id */
  const change = (
    alertId: string,
    what: AlertEvent['change'],
    changed: (alert: Alert) => Alert,
  ): Alert | undefined => {
    journal.flush();
    const lasting = [...watched.values()].find(({ alert }) => alert?.alertId === alertId);
    const found = lasting?.alert ?? options.alerts.get(alertId);
    if (found === undefined) return undefined;
    const alert = changed(found);
    if (lasting !== undefined) lasting.alert = alert;
    tell(what, alert);
    return alert;
  };

  const put = (rule: AlertRule): AlertRule => {
    options.rules.put(rule, now().epochMs);
    rules.set(rule.ruleId, rule);
    return rule;
  };
  return {
    rules: () => [...rules.values()],
    addRule: (input) => (rules.size >= mostRules ? undefined : put({ ...input, ruleId: newId() })),
    changeRule: (ruleId, input) => {
      if (!rules.has(ruleId)) return undefined;
      endOf(ruleId);
      return put({ ...input, ruleId });
    },
    removeRule: (ruleId) => {
      if (!rules.delete(ruleId)) return false;
      options.rules.remove(ruleId);
      endOf(ruleId);
      return true;
    },
    forgetSink: (sinkId) => {
      for (const rule of rules.values()) {
        if (rule.sinks !== '*' && rule.sinks.includes(sinkId)) {
          put({ ...rule, sinks: rule.sinks.filter((named) => named !== sinkId) });
        }
      }
    },
    acknowledge: (alertId, by, note) => {
      return change(alertId, 'acknowledged', (alert) => ({
        ...alert,
        acknowledged: { at: now().epochMs, by, note },
      }));
    },
    showPicture: (alertId, picture) => {
      change(alertId, 'pictured', (alert) => {
        const { picture: before, ...bare } = alert;
        if (picture !== undefined) return { ...bare, picture };
        return before === undefined ? alert : bare;
      });
    },
    begin: () => {
      if (closed || timer !== undefined) return;
      timer = setInterval(look, tickMs);
      timer.unref();
    },
    look,
    close: () => {
      if (closed) return;
      closed = true;
      clearInterval(timer);
    },
  };
}

function keyOf(ruleId: string, cameraId: string): string {
  return `${ruleId} ${cameraId}`;
}

function patienceOf(rule: AlertRule) {
  return {
    forMs: rule.condition.forSeconds * 1000,
    clearAfterMs: rule.clearAfterSeconds * 1000,
    cooldownMs: rule.cooldownSeconds * 1000,
    // The length of an outage grows by itself: no news.
    updateEveryMs: rule.condition.kind === 'camera-down' ? Number.POSITIVE_INFINITY : updateEveryMs,
  };
}

function raised(
  rule: AlertRule,
  camera: CameraView,
  reading: Reading,
  alertId: string,
  epochMs: number,
  zoneName: AlertDeskOptions['zoneName'],
): Alert {
  const { zoneId } = rule;
  const name = zoneId === undefined ? undefined : zoneName(camera.id, zoneId);
  return {
    alertId,
    ruleId: rule.ruleId,
    ruleName: rule.name,
    kind: rule.condition.kind,
    severity: rule.severity,
    cameraId: camera.id,
    cameraName: camera.name,
    ...(zoneId === undefined ? {} : { zoneId }),
    ...(name === undefined ? {} : { zoneName: name }),
    raisedAt: epochMs,
    value: reading.value,
    worst: reading.value,
    limit: reading.limit,
    people: reading.people,
    quiet: false,
  };
}
