import type { Config } from '../config/schema.js';
import type { LiveConfig } from '../config/live-config.js';
import type { CameraDesk } from '../cameras/camera-desk.js';
import type { RtcSessions } from '../http/rtc-sessions.js';
import type { Ledger } from '../ledger/ledger.js';

/** Whether a camera only counts, by the configuration: nobody sees its video, and of its people nothing but numbers is kept. */
export function countsOnly({ privacy }: Pick<Config, 'privacy'>, cameraId: string): boolean {
  return privacy.countsOnly || privacy.countsOnlyCameras.includes(cameraId);
}

/** What changes with a camera that only counts from now on, or no longer. */
export interface CountsOnlyFollowers {
  readonly desk: Pick<CameraDesk, 'list' | 'retell'>;
  readonly sessions: Pick<RtcSessions, 'endWatching'>;
  readonly ledger: Pick<Ledger, 'interrupt'>;
}

/** Follows the configuration: a camera that only counts from now on loses its viewers at once. Returns the function that ends it. */
export function followCountsOnly(
  live: Pick<LiveConfig, 'onChange'>,
  { desk, sessions, ledger }: CountsOnlyFollowers,
): () => void {
  return live.onChange(({ config, before }) => {
    for (const { id } of desk.list()) {
      const only = countsOnly(config, id);
      if (only === countsOnly(before, id)) continue;
      // Stays that were written end here; the people in view are not counted again.
      ledger.interrupt(id);
      desk.retell(id);
      if (only) void sessions.endWatching(id);
    }
  });
}
