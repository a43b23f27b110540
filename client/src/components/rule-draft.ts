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
  /** Empty for what is usual, as `clearLimit`. */
  readonly clearShare: string;
  readonly atLeast: string;
  readonly window: string;
  readonly limit: string;
  readonly clearLimit: string;
  readonly forSeconds: string;
  readonly clearAfter: string;
  readonly cooldown: string;
  readonly digest: string;
  readonly incorrectCounts: boolean;
  readonly quiet: boolean;
  readonly from: string;
  readonly to: string;
  readonly sinks: AlertRuleInput['sinks'];
  readonly picture: boolean;
}

/** What a new rule begins with. */
const usual: Omit<AlertRule, 'ruleId'> = {
  name: '',
  enabled: true,
  severity: 'warning',
  cameraId: '*',
  condition: {
    kind: 'share-unmasked',
    share: 0.25,
    atLeastPeople: 4,
    windowSeconds: 300,
    forSeconds: 10,
  },
  incorrectCounts: true,
  clearAfterSeconds: 10,
  cooldownSeconds: 300,
  digestMinutes: 0,
  sinks: '*',
};

/** The form of a rule, or of a new one. */
export function draftOfRule(rule: AlertRule | undefined): RuleDraft {
  const { condition, quietHours, zoneId, ...rest } = rule ?? usual;
  return {
    name: rest.name,
    enabled: rest.enabled,
    severity: rest.severity,
    cameraId: rest.cameraId,
    zoneId: zoneId ?? '',
    ...draftOfCondition(condition),
    clearAfter: String(rest.clearAfterSeconds),
    cooldown: String(rest.cooldownSeconds),
    digest: String(rest.digestMinutes),
    incorrectCounts: rest.incorrectCounts,
    quiet: quietHours !== undefined,
    from: quietHours?.from ?? '22:00',
    to: quietHours?.to ?? '06:00',
    sinks: rest.sinks,
    picture: rest.picture ?? false,
  };
}

type ConditionDraft = Pick<
  RuleDraft,
  'kind' | 'share' | 'clearShare' | 'atLeast' | 'window' | 'limit' | 'clearLimit' | 'forSeconds'
>;

/** Fields of the other kinds get what is usual, for when the kind is changed. */
function draftOfCondition(condition: AlertCondition): ConditionDraft {
  const draft = {
    kind: condition.kind,
    share: '25',
    clearShare: '',
    atLeast: '4',
    window: '300',
    limit: '20',
    clearLimit: '',
    forSeconds: String(condition.forSeconds),
  };
  if (condition.kind === 'occupancy') {
    const { limit, clearLimit } = condition;
    return { ...draft, limit: String(limit), clearLimit: clearLimit === undefined ? '' : String(clearLimit) };
  }
  if (condition.kind !== 'share-unmasked') return draft;
  return {
    ...draft,
    share: inPercent(condition.share),
    clearShare: condition.clearShare === undefined ? '' : inPercent(condition.clearShare),
    atLeast: String(condition.atLeastPeople),
    window: String(condition.windowSeconds),
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
    ...(draft.picture && draft.kind !== 'camera-down' ? { picture: true } : {}),
  };
}

function conditionOf(draft: RuleDraft): AlertCondition {
  const forSeconds = Number(draft.forSeconds);
  switch (draft.kind) {
    case 'share-unmasked':
      return {
        kind: draft.kind,
        share: Number(draft.share) / 100,
        ...(draft.clearShare !== '' && { clearShare: Number(draft.clearShare) / 100 }),
        atLeastPeople: Number(draft.atLeast),
        windowSeconds: Number(draft.window),
        forSeconds,
      };
    case 'occupancy':
      return {
        kind: draft.kind,
        limit: Number(draft.limit),
        ...(draft.clearLimit !== '' && { clearLimit: Number(draft.clearLimit) }),
        forSeconds,
      };
    case 'unmasked-person':
    case 'camera-down':
      return { kind: draft.kind, forSeconds };
  }
}

function inPercent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}
