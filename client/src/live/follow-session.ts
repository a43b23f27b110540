import { effect } from '@preact/signals';
import type { AccessApi } from '../api/access-api.js';
import { ApiError } from '../api/api-error.js';
import type { SessionState } from '../state/session-state.js';

/** After a failure to ask who is signed in, the next try comes this much later. */
const retryMs = 3000;

/** What follows the session. */
export interface SessionFollower {
  readonly access: Pick<AccessApi, 'session'>;
  readonly session: SessionState;
  /** Begins to show what the caller may see. */
  readonly begin: () => void;
  /** Loads the page anew: nothing of one account is left for the next. */
  readonly reload: () => void;
}

/** Asks who is signed in, and begins as soon as somebody is who may see anything. */
export function followSession({ access, session, begin, reload }: SessionFollower): void {
  const ask = async (): Promise<void> => {
    try {
      session.view.value = await access.session();
      session.failure.value = undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      session.failure.value = error.message;
      setTimeout(() => void ask(), retryMs);
    }
  };
  let begun: string | undefined;
  effect(() => {
    const caller = session.caller.value;
    if (caller === undefined) return;
    const name = `${caller.kind} ${caller.name}`;
    if (begun !== undefined) {
      // Somebody signed in again, perhaps somebody else.
      reload();
    } else if (session.can('view')) {
      begun = name;
      begin();
    }
  });
  void ask();
}
