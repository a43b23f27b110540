import type { AlertRuleInput } from '../../server/http/alert-api.js';

/** A rule that raises at once for one unmasked person anywhere; overrides replace single fields. */
export function ruleOf(overrides: Partial<AlertRuleInput> = {}): AlertRuleInput {
  return {
    name: 'Masks at the door',
    enabled: true,
    severity: 'warning',
    cameraId: 'door',
    condition: { kind: 'unmasked-person', forSeconds: 0 },
    incorrectCounts: true,
    clearAfterSeconds: 0,
    cooldownSeconds: 0,
    digestMinutes: 0,
    sinks: '*',
    ...overrides,
  };
}
