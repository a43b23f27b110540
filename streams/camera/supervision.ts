import type { VideoFacts } from '../camera-status.js';
import { backoffMs } from './backoff.js';
import type { BackoffLimits } from './backoff.js';

/** Time limits of a supervised source, in milliseconds. */
export interface SupervisionLimits {
  /** To find out what the video is like. */
  readonly openMs: number;
  /** From then to the first whole picture. */
  readonly firstFrameMs: number;
  /** Between two pictures. */
  readonly frameGapMs: number;
  /** A source that was live for this long starts again with the shortest wait. */
  readonly stableMs: number;
  readonly backoff: BackoffLimits;
}

/** Where a supervised source is. A feed runs in `opening`, `first-frame`, `live` and `closing`, and in no other. */
export type Phase =
  | { readonly name: 'waiting'; readonly untilMs: number }
  | { readonly name: 'opening'; readonly untilMs: number }
  | { readonly name: 'first-frame'; readonly untilMs: number }
  | { readonly name: 'live'; readonly sinceMs: number; readonly untilMs: number }
  | { readonly name: 'closing'; readonly then: 'retry' | 'stop' }
  | { readonly name: 'failed' }
  | { readonly name: 'stopped' };

/** All that the supervisor knows. Times are monotonic milliseconds. */
export interface Supervision {
  readonly phase: Phase;
  /** What went wrong last, in plain words; empty while all is well. */
  readonly reason: string;
  /** Failures in a row. */
  readonly failures: number;
  /** Times the source was opened. */
  readonly opened: number;
  readonly video?: VideoFacts;
}

/** What happens to a source. `timer` comes when `Phase.untilMs` is reached. */
export type SupervisionEvent =
  | { readonly type: 'start'; readonly delayMs: number }
  | { readonly type: 'video'; readonly facts: VideoFacts }
  | { readonly type: 'frame' }
  | { readonly type: 'timer'; readonly lastFrameMs: number }
  | { readonly type: 'feed-ended' }
  | { readonly type: 'feed-stopped' }
  | { readonly type: 'feed-failed'; readonly reason: string; readonly fatal: boolean }
  | { readonly type: 'stop'; readonly reason: string };

/** The next state, and what to do with the feed. */
export interface SupervisionStep {
  readonly next: Supervision;
  readonly action?: 'open' | 'close';
}

/** A source that was not started yet. */
export const notStarted: Supervision = { phase: { name: 'stopped' }, reason: '', failures: 0, opened: 0 };

/** Moments and chance, so that the machine itself stays pure. */
export interface SupervisionContext {
  readonly nowMs: number;
  /** 0..1, for the jitter. */
  readonly random: number;
  readonly limits: SupervisionLimits;
}

/**
 * The state machine of one source: connect, first picture, live, and back with growing waits. It never asks to open a
 * feed while one runs.
 */
export function supervise(
  state: Supervision,
  event: SupervisionEvent,
  context: SupervisionContext,
): SupervisionStep {
  const { phase } = state;
  const { nowMs, limits } = context;
  switch (event.type) {
    case 'start':
      if (phase.name !== 'stopped' && phase.name !== 'failed') return { next: state };
      return { next: { ...state, reason: '', phase: { name: 'waiting', untilMs: nowMs + event.delayMs } } };
    case 'stop':
      return stop(state, event.reason);
    case 'video':
      // A feed that goes over to another way of reading tells its facts again.
      if (phase.name === 'first-frame' || phase.name === 'live')
        return { next: { ...state, video: event.facts } };
      if (phase.name !== 'opening') return { next: state };
      return {
        next: {
          ...state,
          video: event.facts,
          phase: { name: 'first-frame', untilMs: nowMs + limits.firstFrameMs },
        },
      };
    case 'frame':
      if (phase.name !== 'first-frame') return { next: state };
      return {
        next: {
          ...state,
          reason: '',
          phase: { name: 'live', sinceMs: nowMs, untilMs: nowMs + limits.frameGapMs },
        },
      };
    case 'timer':
      return timer(state, event.lastFrameMs, context);
    case 'feed-ended':
      if (phase.name === 'closing') return closed(state, context);
      return { next: { ...state, phase: { name: 'stopped' }, reason: 'end of file' } };
    case 'feed-stopped':
      return closed(state, context);
    case 'feed-failed':
      if (phase.name === 'closing') return closed(state, context);
      if (event.fatal) return { next: { ...state, phase: { name: 'failed' }, reason: event.reason } };
      return retry({ ...state, reason: event.reason }, context);
  }
}

function stop(state: Supervision, reason: string): SupervisionStep {
  switch (state.phase.name) {
    case 'opening':
    case 'first-frame':
    case 'live':
      return { next: { ...state, reason, phase: { name: 'closing', then: 'stop' } }, action: 'close' };
    case 'closing':
      return { next: { ...state, reason, phase: { name: 'closing', then: 'stop' } } };
    case 'waiting':
    case 'failed':
    case 'stopped':
      return { next: { ...state, reason, phase: { name: 'stopped' } } };
  }
}

function timer(state: Supervision, lastFrameMs: number, context: SupervisionContext): SupervisionStep {
  const { phase } = state;
  const { nowMs, limits } = context;
  if (!('untilMs' in phase) || nowMs < phase.untilMs) return { next: state };
  switch (phase.name) {
    case 'waiting':
      return {
        next: {
          ...state,
          opened: state.opened + 1,
          phase: { name: 'opening', untilMs: nowMs + limits.openMs },
        },
        action: 'open',
      };
    case 'opening':
      return giveUp(state, `timed out after ${seconds(limits.openMs)} s`);
    case 'first-frame':
      return giveUp(state, `no video for ${seconds(limits.firstFrameMs)} s`);
    case 'live': {
      const untilMs = lastFrameMs + limits.frameGapMs;
      if (untilMs > nowMs) return { next: { ...state, phase: { ...phase, untilMs } } };
      const failures = nowMs - phase.sinceMs >= limits.stableMs ? 0 : state.failures;
      return giveUp({ ...state, failures }, `no video for ${seconds(limits.frameGapMs)} s`);
    }
  }
}

function giveUp(state: Supervision, reason: string): SupervisionStep {
  return { next: { ...state, reason, phase: { name: 'closing', then: 'retry' } }, action: 'close' };
}

function closed(state: Supervision, context: SupervisionContext): SupervisionStep {
  const { phase } = state;
  if (phase.name === 'closing' && phase.then === 'stop') {
    return { next: { ...state, phase: { name: 'stopped' } } };
  }
  return retry(state, context);
}

function retry(state: Supervision, { nowMs, random, limits }: SupervisionContext): SupervisionStep {
  const { phase } = state;
  const stable = phase.name === 'live' && nowMs - phase.sinceMs >= limits.stableMs;
  const failures = (stable ? 0 : state.failures) + 1;
  const untilMs = nowMs + backoffMs(failures, random, limits.backoff);
  return { next: { ...state, failures, phase: { name: 'waiting', untilMs } } };
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
