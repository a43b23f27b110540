import type { TracksMessage } from '../analysis/messages.js';
import type { FrameEvent } from './events.js';

/**
 * Makes the overlay of one analysed frame.
 *
 * @param monotonicMs the time of sending, on the clock of `capturedAtMs`
 */
export function frameEventOf(message: TracksMessage, monotonicMs: number): FrameEvent {
  return {
    v: 1,
    cameraId: message.cameraId,
    rtpTimestamp: message.rtpTimestamp,
    width: message.width,
    height: message.height,
    faces: message.tracks.map(({ trackId, box, label, confidence, confirmed }) => ({
      trackId,
      box: { x: tenth(box.x), y: tenth(box.y), width: tenth(box.width), height: tenth(box.height) },
      label,
      confidence: Math.round(confidence * 1000) / 1000,
      confirmed,
    })),
    latencyMs: tenth(Math.max(0, monotonicMs - message.capturedAtMs)),
  };
}

/** A tenth of a pixel or of a millisecond is finer than anyone can see, and a third of the bytes. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
