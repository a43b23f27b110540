import type { RgbImage } from '../../../models/image.js';
import { glanceAt, isStill, type Glance } from '../../track/stillness.js';

/** However still a scene is, it is searched for faces again after this many milliseconds. */
export const longestRestMs = 500;

/**
 * Tells whether a frame need not be searched for faces: nothing moved since one that was, and that is not long ago. So a
 * person who walks in is found in the first frame that shows him, and one whom no eye could make out half a second later.
 */
export class MotionGate {
  #searched: { readonly glance: Glance; readonly atMs: number } | undefined;
  #newest: Glance | undefined;
  /** True while frames differ from the one that was searched last. */
  moving = false;

  /**
   * Looks at the next frame.
   *
   * @param atMs when it was taken
   * @returns true when it shows what the searched one showed
   */
  rests(frame: RgbImage, atMs: number): boolean {
    this.#newest = glanceAt(frame);
    if (this.#searched === undefined) return false;
    this.moving = !isStill(this.#searched.glance, this.#newest);
    return !this.moving && atMs - this.#searched.atMs < longestRestMs;
  }

  /** The frame that was looked at last is going to be searched. */
  searching(atMs: number): void {
    this.#searched = this.#newest === undefined ? undefined : { glance: this.#newest, atMs };
  }

  /** The search failed: nothing is known of what there is to see. */
  forget(): void {
    this.#searched = undefined;
  }
}
