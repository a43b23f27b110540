import type { SupervisionLimits } from './supervision.js';

/** Time limits of all cameras, in milliseconds. */
export interface CameraLimits extends SupervisionLimits {
  /** For the look at a source before it is opened. */
  readonly connectMs: number;
  /** From SIGTERM to SIGKILL of an ffmpeg. */
  readonly killAfterMs: number;
  /** Between the first attempts of cameras that are added together. */
  readonly startSpacingMs: number;
}

/** What the product uses. */
export const defaultLimits: CameraLimits = {
  connectMs: 10_000,
  // The look at the source ends by itself before this.
  openMs: 15_000,
  firstFrameMs: 10_000,
  frameGapMs: 10_000,
  stableMs: 30_000,
  backoff: { firstMs: 1000, mostMs: 30_000 },
  killAfterMs: 5000,
  startSpacingMs: 250,
};
