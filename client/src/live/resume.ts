import type { Durable, SubscribeReply } from '../../../server/realtime/events.js';

/** Where this page stands in the stream of durable events. */
export interface ResumeState {
  /** Cursor of the last durable event or reading; undefined until the first reading. */
  readonly cursor: string | undefined;
  /** Readings in a row that were too old before they could be subscribed to. */
  readonly gapsInARow: number;
}

/** What to do next to be in step with the server. */
export type ResumeStep =
  /** Read the state afresh by REST. */
  | { readonly do: 'read' }
  /** Subscribe, asking for all that came after the cursor. */
  | { readonly do: 'subscribe'; readonly cursor: string }
  /** In step: `replayed` missed events have been applied. */
  | { readonly do: 'follow'; readonly replayed: number }
  /** The server refuses. */
  | { readonly do: 'fail'; readonly message: string };

/** A state and the step that follows from it. */
export interface Resumed {
  readonly state: ResumeState;
  readonly step: ResumeStep;
}

/** Before the first connection. */
export const notStarted: ResumeState = { cursor: undefined, gapsInARow: 0 };

/** After this many gaps in a row the state cannot be followed; something is wrong at the server. */
const gapLimit = 3;

/** The socket is connected, for the first time or again. */
export function connected(state: ResumeState): Resumed {
  if (state.cursor === undefined) return { state, step: { do: 'read' } };
  return { state: { ...state, gapsInARow: 0 }, step: { do: 'subscribe', cursor: state.cursor } };
}

/** The state was read afresh, and was true at `cursor`. */
export function stateRead(state: ResumeState, cursor: string): Resumed {
  return { state: { ...state, cursor }, step: { do: 'subscribe', cursor } };
}

/** The server answered `subscribe`. */
export function subscribed(state: ResumeState, reply: SubscribeReply): Resumed {
  if (!reply.ok) return { state, step: { do: 'fail', message: reply.error.message } };
  if (reply.gap) {
    const gapsInARow = state.gapsInARow + 1;
    const step: ResumeStep =
      gapsInARow >= gapLimit
        ? { do: 'fail', message: 'the server forgets faster than it can be read' }
        : { do: 'read' };
    return { state: { cursor: undefined, gapsInARow }, step };
  }
  return { state: { cursor: reply.cursor, gapsInARow: 0 }, step: { do: 'follow', replayed: reply.replayed } };
}

/** A durable event was applied. */
export function eventApplied(state: ResumeState, event: Durable): ResumeState {
  return { ...state, cursor: event.cursor };
}
