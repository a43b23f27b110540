import { messageOf } from '../api/api-error.js';
import { retryDelayMs } from '../live/retry-delay.js';

/** Where a kept session is. */
export type SessionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected' }
  /** The last attempt ended for this reason; another follows. */
  | { readonly phase: 'waiting'; readonly reason: string };

/**
 * One try at a session. Resolves with the reason when it ends, or rejects when it cannot be had; calls `onConnected`
 * once media flows.
 */
export type SessionAttempt = (signal: AbortSignal, onConnected: () => void) => Promise<string>;

/**
 * Keeps a session going until `signal` fires: the one place that retries, so the sessions themselves just fail.
 *
 * @param attempt one session, from the first offer to its end
 * @param onState called with every change
 * @param wake called with the function that ends a pause at once
 */
export async function keepSession(
  attempt: SessionAttempt,
  onState: (state: SessionState) => void,
  signal: AbortSignal,
  wake: (retryNow: () => void) => void,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    onState({ phase: 'connecting' });
    const reason = await attempt(signal, () => {
      failures = 0;
      onState({ phase: 'connected' });
    }).catch(messageOf);
    if (isOver(signal)) return;
    failures += 1;
    onState({ phase: 'waiting', reason });
    await pause(retryDelayMs(failures, Math.random()), signal, wake);
  }
}

/** A function, because the compiler does not see that awaiting may change the flag. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

function pause(ms: number, signal: AbortSignal, wake: (retryNow: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    wake(end);
  });
}
