import type { FrameEvent } from '../../../server/realtime/events.js';
import { OverlayTimeline } from './overlay-timeline.js';

/** The timelines of all cameras: the socket fills them, the players read them. */
export class OverlayHub {
  readonly #timelines = new Map<string, OverlayTimeline>();

  /** Ids of the cameras that have a timeline. */
  get cameraIds(): readonly string[] {
    return [...this.#timelines.keys()];
  }

  /** The timeline of a camera, made on first use. */
  timelineOf(cameraId: string): OverlayTimeline {
    let timeline = this.#timelines.get(cameraId);
    if (!timeline) {
      timeline = new OverlayTimeline();
      this.#timelines.set(cameraId, timeline);
    }
    return timeline;
  }

  /** Takes over one analysed frame. */
  take(frame: FrameEvent, nowMs: number): void {
    this.timelineOf(frame.cameraId).take(frame, nowMs);
  }

  /** Forgets a camera that was removed. */
  remove(cameraId: string): void {
    this.#timelines.delete(cameraId);
  }
}
