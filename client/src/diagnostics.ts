import type { OverlayHub } from './overlay/overlay-hub.js';
import type { OverlayCounters, PresentedPicture } from './overlay/overlay-timeline.js';
import type { AppStore, Connection } from './state/app-store.js';

/**
 * What tests and people who hunt a fault may look at, as `window.maskwatchDiagnostics`. Read-only; every call gives a
 * plain copy that survives `JSON.stringify`.
 */
export interface MaskwatchDiagnostics {
  /** Cameras with an overlay. */
  cameraIds(): readonly string[];
  /** How the boxes met the pictures of one camera; undefined before the first picture or box. */
  overlay(cameraId: string): OverlayDiagnostics | undefined;
  connection(): Connection;
}

/** The account of one camera's overlay. */
export interface OverlayDiagnostics {
  readonly counters: OverlayCounters;
  /** The last picture on screen: its RTP timestamp, where its boxes came from, and the boxes in fractions of the picture. */
  readonly last: PresentedPicture | undefined;
}

declare global {
  interface Window {
    maskwatchDiagnostics: MaskwatchDiagnostics;
  }
}

/** Puts the diagnostics in their place. */
export function installDiagnostics(overlays: OverlayHub, store: AppStore): void {
  window.maskwatchDiagnostics = {
    cameraIds: () => overlays.cameraIds,
    overlay: (cameraId) => {
      if (!overlays.cameraIds.includes(cameraId)) return undefined;
      const { counters, last } = overlays.timelineOf(cameraId);
      return { counters, last };
    },
    connection: () => store.connection.peek(),
  };
}
