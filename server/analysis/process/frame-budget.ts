/** Part of the time that the models may work, 0..1. What is left keeps frames from waiting for each other. */
const busyPart = 0.9;
/** A camera with people or motion in view gets this much more than one without, where there is not enough for all. */
const watchedWeight = 1.5;
/** Rates below this, in frames a second, would show nothing; also where the models are far too slow. */
const leastFps = 0.1;

/** What is known of a camera that wants a share. */
export interface BudgetCamera {
  /** Frames a second that it asks for, above 0. */
  readonly fps: number;
  /** What one of its frames cost of late, in milliseconds of the models; 0 until it is known. */
  readonly costMs: number;
  /** True when there are people or there is motion in view. */
  readonly watched: boolean;
}

/**
 * Shares the time of the models out: every camera gets the frames that it asks for, or as many as all others that do not get
 * theirs (max-min fairness), cameras with people or motion half as many again. A camera that asks for less, or whose frames
 * cost less, leaves more to the others.
 *
 * @returns frames a second for each camera, in the order given
 */
export function shareFrames(cameras: readonly BudgetCamera[]): number[] {
  const weightOf = ({ watched }: BudgetCamera): number => (watched ? watchedWeight : 1);
  // The level at which a camera has all it asks for: those with the lowest are satisfied first.
  const byLevel = [...cameras].sort((a, b) => a.fps / weightOf(a) - b.fps / weightOf(b));
  let leftMs = busyPart * 1000;
  let hungry = byLevel.reduce((sum, camera) => sum + weightOf(camera) * camera.costMs, 0);
  let level = Infinity;
  for (const camera of byLevel) {
    const weight = weightOf(camera);
    if (hungry > 0 && (camera.fps / weight) * hungry > leftMs) {
      level = leftMs / hungry;
      break;
    }
    leftMs -= camera.fps * camera.costMs;
    hungry -= weight * camera.costMs;
  }
  return cameras.map((camera) => Math.min(camera.fps, Math.max(leastFps, level * weightOf(camera))));
}

/**
 * Who is next. Each camera pays for a frame with its turn, those with people or motion in view pay less; the one that paid
 * least goes first. Who stays away for a while saves nothing up.
 */
export class Turns {
  #now = 0;

  /** @returns at most `limit` of the cameras, who is next first; their turns are not yet paid */
  next<C extends { readonly turn: number }>(cameras: readonly C[], limit: number): C[] {
    return [...cameras].sort((a, b) => a.turn - b.turn).slice(0, limit);
  }

  /** @returns the camera's turn after one of its frames was taken */
  paid({ turn, watched }: { readonly turn: number; readonly watched: boolean }): number {
    const began = Math.max(turn, this.#now);
    this.#now = Math.max(this.#now, began);
    return began + 1 / (watched ? watchedWeight : 1);
  }
}
