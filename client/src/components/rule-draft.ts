import type { AlertCondition, AlertRule, AlertRuleInput } from '../../../server/http/alert-api.js';

/** The fields of the form, as they are typed. */
export interface RuleDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly severity: AlertRuleInput['severity'];
  readonly cameraId: string;
  /** Empty for the whole picture. */
  readonly zoneId: string;
  readonly kind: AlertCondition['kind'];
  readonly share: string;
  readonly atLeast: string;
  readonly window: string;
  readonly limit: string;
  readonly forSeconds: string;
  readonly clearAfter: string;
  readonly cooldown: string;
  readonly digest: string;
  readonly incorrectCounts: boolean;
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
  readonly sinks: AlertRuleInput['sinks'];
}

/** The form of a rule, or of a new one. */
export function draftOfRule(rule: AlertRule | undefined): RuleDraft {
  const condition = rule?.condition;
  const share = condition?.kind === 'share-unmasked' ? condition : undefined;
  return {
    name: rule?.name ?? '',
    enabled: rule?.enabled ?? true,
    severity: rule?.severity ?? 'warning',
    cameraId: rule?.cameraId ?? '*',
    zoneId: rule?.zoneId ?? '',
    kind: condition?.kind ?? 'share-unmasked',
    share: String(Math.round((share?.share ?? 0.25) * 100)),
    atLeast: String(share?.atLeastPeople ?? 4),
    window: String(share?.windowSeconds ?? 300),
    limit: String(condition?.kind === 'occupancy' ? condition.limit : 20),
    forSeconds: String(condition?.forSeconds ?? 10),
    clearAfter: String(rule?.clearAfterSeconds ?? 10),
    cooldown: String(rule?.cooldownSeconds ?? 300),
    digest: String(rule?.digestMinutes ?? 0),
    incorrectCounts: rule?.incorrectCounts ?? true,
    quiet: rule?.quietHours !== undefined,
    from: rule?.quietHours?.from ?? '22:00',
    to: rule?.quietHours?.to ?? '06:00',
    sinks: rule?.sinks ?? '*',
  };
}

/**
 * The rule that a form stands for; what is wrong with it the server says.
 *
 * @param timeZone of quiet hours that are new
 */
export function ruleOfDraft(draft: RuleDraft, rule: AlertRule | undefined, timeZone: string): AlertRuleInput {
  const zoned = draft.cameraId !== '*' && draft.zoneId !== '' && draft.kind !== 'camera-down';
  return {
    name: draft.name,
    enabled: draft.enabled,
    severity: draft.severity,
    cameraId: draft.cameraId,
    ...(zoned ? { zoneId: draft.zoneId } : {}),
    condition: conditionOf(draft),
    incorrectCounts: draft.incorrectCounts,
    clearAfterSeconds: Number(draft.clearAfter),
    cooldownSeconds: Number(draft.cooldown),
    digestMinutes: Number(draft.digest),
    ...(draft.quiet ? { quietHours: { timeZone, ...rule?.quietHours, from: draft.from, to: draft.to } } : {}),
    sinks: draft.sinks,
  };
}

function conditionOf(draft: RuleDraft): AlertCondition {
  const forSeconds = Number(draft.forSeconds);
  switch (draft.kind) {
    case 'share-unmasked':
      return {
        kind: draft.kind,
        share: Number(draft.share) / 100,
        atLeastPeople: Number(draft.atLeast),
        windowSeconds: Number(draft.window),
        forSeconds,
      };
    case 'occupancy':
      return { kind: draft.kind, limit: Number(draft.limit), forSeconds };
    case 'unmasked-person':
    case 'camera-down':
      return { kind: draft.kind, forSeconds };
  }
}
