import type { CameraState, CameraStatus } from '../camera-status.js';
import type { Supervision } from './supervision.js';

/**
 * A supervised source's state as people and programs see it.
 *
 * @param epochOffsetMs epoch milliseconds minus monotonic milliseconds
 */
export function supervisedStatus(state: Supervision, epochOffsetMs: number): CameraStatus {
  const { phase, reason, opened, video } = state;
  const shown = shownState(state);
  return {
    state: shown,
    reason,
    reconnects: Math.max(0, opened - 1),
    ...(shown === 'retrying' && phase.name === 'waiting'
      ? { nextAttemptAt: Math.round(phase.untilMs + epochOffsetMs) }
      : {}),
    ...(video === undefined ? {} : { video }),
  };
}

function shownState({ phase, failures }: Supervision): CameraState {
  switch (phase.name) {
    case 'waiting':
      // The first wait only spreads the cameras of one start.
      return failures === 0 ? 'connecting' : 'retrying';
    case 'opening':
    case 'first-frame':
      return 'connecting';
    case 'live':
      return 'live';
    case 'closing':
      return phase.then === 'stop' ? 'stopped' : 'stalled';
    case 'failed':
      return 'failed';
    case 'stopped':
      return 'stopped';
  }
}
