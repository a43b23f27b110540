import { computed, signal } from '@preact/signals';
import type { CallerView, SessionView } from '../../../server/http/access-api.js';

/** Something that a role or a scope allows. */
export type May = CallerView['may'][number];

/** Who is signed in on this page. */
export class SessionState {
  /** Undefined until the server told. */
  readonly view = signal<SessionView | undefined>(undefined);

  /** Why the server could not tell yet; undefined while it did. */
  readonly failure = signal<string | undefined>(undefined);

  readonly caller = computed(() => this.view.value?.caller ?? undefined);

  /** Whether the caller is known to be allowed something. */
  can(what: May): boolean {
    return this.caller.value?.may.includes(what) ?? false;
  }

  /** The server says that nobody is signed in any more. */
  ended(): void {
    const view = this.view.peek();
    if (view?.caller) this.view.value = { caller: null, accounts: true };
  }
}
