import type { Box, RgbImage } from '../../../models/image.js';
import type { DecodedFrame } from '../../../streams/decode/decoder.js';
import type { KeptFrame } from '../../evidence/make-picture.js';

/** A face that was seen this long ago, in milliseconds, is hidden where it was: a detector may miss it in one frame. */
const rememberedMs = 2000;
/** Boxes at most: the newest. */
const mostBoxes = 400;

type FrameFacts = Omit<DecodedFrame, 'data'>;

/** Keeps the newest analysed frame of a camera, and where faces were of late. Keeps nothing while it is not to. */
export class FrameKeeper {
  readonly #keeps: () => boolean;
  /** Where faces were, in shares of the picture. */
  #seen: { readonly box: Box; readonly atMs: number }[] = [];
  #taken: { readonly frame: FrameFacts; readonly image: RgbImage } | undefined;
  #kept: KeptFrame | undefined;

  /** @param keeps asked for each frame */
  constructor(keeps: () => boolean) {
    this.#keeps = keeps;
  }

  /** A frame is about to be analysed, which takes its pixels over. */
  taken(frame: DecodedFrame): void {
    const { width, height, data } = frame;
    if (!this.#keeps()) this.#taken = undefined;
    else this.#taken = { frame, image: { width, height, data: Uint8Array.from(data) } };
  }

  /**
   * A frame was analysed.
   *
   * @param found faces, in pixels of the camera's picture
   */
  analysed(frame: FrameFacts, found: readonly { readonly box: Box }[]): void {
    if (!this.#keeps()) {
      this.#kept = undefined;
      this.#seen = [];
      return;
    }
    const { capturedAtMs: atMs, sourceWidth, sourceHeight } = frame;
    const now = found.map(({ box }) => ({ box: scaled(box, 1 / sourceWidth, 1 / sourceHeight), atMs }));
    this.#seen = [...this.#seen, ...now].filter((seen) => atMs - seen.atMs <= rememberedMs).slice(-mostBoxes);
    if (this.#taken?.frame !== frame) return;
    const { image } = this.#taken;
    this.#kept = {
      image,
      boxes: this.#seen.map(({ box }) => scaled(box, image.width, image.height)),
      capturedAtMs: atMs,
    };
    this.#taken = undefined;
  }

  /** The newest analysed frame; undefined while none is kept. */
  get kept(): KeptFrame | undefined {
    return this.#keeps() ? this.#kept : undefined;
  }
}

function scaled({ x, y, width, height }: Box, across: number, down: number): Box {
  return { x: x * across, y: y * down, width: width * across, height: height * down };
}
