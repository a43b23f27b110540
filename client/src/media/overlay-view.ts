import type { MaskLabel } from '../../../models/mask-classifier.js';
import type { DrawnBox } from '../overlay/drawn-box.js';
import { drawOverlay } from '../overlay/draw-overlay.js';
import type { OverlayTimeline } from '../overlay/overlay-timeline.js';
import { containedRect } from '../overlay/picture-rect.js';

/** What an overlay needs. */
export interface OverlayViewOptions {
  readonly video: HTMLVideoElement;
  /** Lies exactly over the video. */
  readonly canvas: HTMLCanvasElement;
  readonly timeline: OverlayTimeline;
  /** The word for each state. */
  readonly words: Readonly<Record<MaskLabel, string>>;
  /** Called when it becomes known whether boxes sit on their own frames, or are merely the newest ones. */
  readonly onTrailing: (trailing: boolean) => void;
}

/**
 * Draws the boxes of each presented picture over a video.
 *
 * Where the browser tells the RTP timestamp of the picture it is about to show, the boxes are those of that picture.
 * Where it does not (an older browser, or the local preview of a webcam, which has no RTP), the newest boxes are drawn
 * and `onTrailing(true)` lets the page say so.
 */
export class OverlayView {
  readonly #options: OverlayViewOptions;
  readonly #context: CanvasRenderingContext2D;
  readonly #resizing: ResizeObserver;
  #trailing: boolean | undefined;
  #boxes: readonly DrawnBox[] = [];
  #videoCallback = 0;
  #animationFrame = 0;
  #closed = false;

  /** Starts to draw at once. */
  constructor(options: OverlayViewOptions) {
    this.#options = options;
    const context = options.canvas.getContext('2d');
    if (!context) throw new TypeError('the canvas has no 2d context');
    this.#context = context;
    this.#resizing = new ResizeObserver(() => this.#fit());
    this.#resizing.observe(options.canvas);
    this.#fit();
    if ('requestVideoFrameCallback' in options.video) this.#awaitPicture();
    else this.#drawNewest();
  }

  /** Stops drawing and clears the canvas; idempotent. */
  close(): void {
    this.#closed = true;
    this.#resizing.disconnect();
    if (this.#videoCallback) this.#options.video.cancelVideoFrameCallback(this.#videoCallback);
    cancelAnimationFrame(this.#animationFrame);
    this.#boxes = [];
    this.#draw();
  }

  #awaitPicture(): void {
    this.#videoCallback = this.#options.video.requestVideoFrameCallback((_now, metadata) => {
      if (this.#closed) return;
      if (metadata.rtpTimestamp === undefined) {
        this.#drawNewest();
        return;
      }
      this.#setTrailing(false);
      this.#boxes = this.#options.timeline.present(metadata.rtpTimestamp).boxes;
      this.#draw();
      this.#awaitPicture();
    });
  }

  #drawNewest(): void {
    this.#setTrailing(true);
    this.#animationFrame = requestAnimationFrame((now) => {
      if (this.#closed) return;
      this.#boxes = this.#options.timeline.newest(now).boxes;
      this.#draw();
      this.#drawNewest();
    });
  }

  #setTrailing(trailing: boolean): void {
    if (trailing === this.#trailing) return;
    this.#trailing = trailing;
    this.#options.onTrailing(trailing);
  }

  /** Gives the canvas as many pixels as the screen has there. */
  #fit(): void {
    const { canvas } = this.#options;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    this.#draw();
  }

  #draw(): void {
    const { canvas, video, words } = this.#options;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const picture = containedRect(size, { width: video.videoWidth, height: video.videoHeight });
    const pixelRatio = size.width > 0 ? canvas.width / size.width : 1;
    drawOverlay(this.#context, { size, pixelRatio, picture, words }, this.#boxes);
  }
}
