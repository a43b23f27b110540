import type { Reading } from './reading.js';

/** Where a rule stands at one place; times in monotonic milliseconds. */
export interface MachineState {
  readonly phase:
    | { readonly name: 'calm' }
    /** Over the limit, not for long enough yet. */
    | { readonly name: 'building'; readonly sinceMs: number }
    | {
        readonly name: 'raised';
        readonly worst: number;
        /** True while it was told to nobody. */
        readonly quiet: boolean;
        readonly changedMs: number;
        /** Since when the condition has been gone; absent while it is there. */
        readonly goneMs?: number;
      };
  /** When an alert that was told was last raised or cleared. */
  readonly toldMs?: number;
}

/** How patient a rule is, in milliseconds. */
export interface Patience {
  /** The condition must hold so long. */
  readonly forMs: number;
  /** And be gone so long. */
  readonly clearAfterMs: number;
  /** From an alert that was told to the next one. */
  readonly cooldownMs: number;
  /** Least time between two updates. */
  readonly updateEveryMs: number;
}

/** What is to be done now. `update`: it got worse, or quiet hours ended and it is told after all. */
export type Act = 'raise' | 'update' | 'clear';

/** A rule that has nothing to say. */
export const calm: MachineState = { phase: { name: 'calm' } };

/**
 * One step of a rule at one place. Pure: the clock comes with the call.
 *
 * @param quiet whether this moment lies in quiet hours
 */
export function step(
  state: MachineState,
  reading: Pick<Reading, 'over' | 'under' | 'value'>,
  patience: Patience,
  nowMs: number,
  quiet: boolean,
): { readonly state: MachineState; readonly act?: Act } {
  const { phase, toldMs } = state;
  if (phase.name === 'raised') return stepRaised(state, phase, reading, patience, nowMs, quiet);
  if (!reading.over) return { state: phase.name === 'calm' ? state : { ...state, phase: { name: 'calm' } } };
  const sinceMs = phase.name === 'building' ? phase.sinceMs : nowMs;
  const resting = toldMs !== undefined && nowMs - toldMs < patience.cooldownMs;
  if (resting || nowMs - sinceMs < patience.forMs) {
    return { state: { ...state, phase: { name: 'building', sinceMs } } };
  }
  return {
    state: {
      phase: { name: 'raised', worst: reading.value, quiet, changedMs: nowMs },
      // Only what was told starts a cooldown.
      ...told(quiet ? toldMs : nowMs),
    },
    act: 'raise',
  };
}

function stepRaised(
  { toldMs }: MachineState,
  phase: Extract<MachineState['phase'], { name: 'raised' }>,
  reading: Pick<Reading, 'under' | 'value'>,
  { clearAfterMs, updateEveryMs }: Patience,
  nowMs: number,
  quiet: boolean,
): { readonly state: MachineState; readonly act?: Act } {
  if (reading.under) {
    const goneMs = phase.goneMs ?? nowMs;
    if (nowMs - goneMs < clearAfterMs) return { state: { phase: { ...phase, goneMs }, ...told(toldMs) } };
    return { state: { phase: { name: 'calm' }, ...told(phase.quiet ? toldMs : nowMs) }, act: 'clear' };
  }
  const lasting = {
    name: 'raised',
    worst: phase.worst,
    quiet: phase.quiet,
    changedMs: phase.changedMs,
  } as const;
  const dawn = phase.quiet && !quiet;
  const worse = reading.value > phase.worst && nowMs - phase.changedMs >= updateEveryMs;
  if (!dawn && !worse) return { state: { phase: lasting, ...told(toldMs) } };
  const worst = Math.max(phase.worst, reading.value);
  return {
    state: {
      phase: { ...lasting, worst, quiet: phase.quiet && quiet, changedMs: nowMs },
      ...told(dawn ? nowMs : toldMs),
    },
    act: 'update',
  };
}

function told(toldMs: number | undefined): { readonly toldMs?: number } {
  return toldMs === undefined ? {} : { toldMs };
}
