import { ApiError } from '../api/api-error.js';
import type { MaskwatchApi } from '../api/maskwatch-api.js';
import type { AppStore } from '../state/app-store.js';
import { Poller } from './poller.js';

const healthPauseMs = 5000;
const historyPauseMs = 20_000;
const hourMs = 3_600_000;

/**
 * Reads what has no events: the server's health and the last hour's trend. A reading that fails leaves the last one
 * standing; that the server is out of reach shows in the connection notice.
 *
 * @returns the function that stops them
 */
export function startPollers(api: MaskwatchApi, store: AppStore): () => void {
  const health = new Poller(
    () => tolerant(async () => void (store.health.value = await api.health())),
    healthPauseMs,
  );
  const history = new Poller(
    () =>
      tolerant(async () => {
        const to = Date.now();
        store.history.value = await api.history({ from: to - hourMs, to, bucket: 'minute' });
      }),
    historyPauseMs,
  );
  return () => {
    health.close();
    history.close();
  };
}

async function tolerant(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
