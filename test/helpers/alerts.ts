import type { Alert } from '../../server/realtime/events.js';

/** An alert about one unmasked person; overrides replace single fields. */
export function alertOf(overrides: Partial<Alert> = {}): Alert {
  return {
    alertId: 'a1',
    ruleId: 'r1',
    ruleName: 'Masks at the door',
    kind: 'unmasked-person',
    severity: 'warning',
    cameraId: 'door',
    cameraName: 'Door',
    raisedAt: Date.parse('2026-03-10T12:00:00Z'),
    value: 1,
    worst: 1,
    limit: 0,
    people: { mask: 2, no_mask: 1, incorrect: 0, unknown: 0 },
    quiet: false,
    ...overrides,
  };
}
