import type { FrameEvent, OverlayFace } from '../../../server/realtime/events.js';

/** A face of 100 x 100 pixels at a place. */
export function face(trackId: string, x: number, y = 0, part: Partial<OverlayFace> = {}): OverlayFace {
  return {
    trackId,
    box: { x, y, width: 100, height: 100 },
    label: 'mask',
    confidence: 0.9,
    confirmed: true,
    ...part,
  };
}

/** An analysed frame of a picture of 1000 x 500 pixels. */
export function frame(rtpTimestamp: number, faces: readonly OverlayFace[] = []): FrameEvent {
  return {
    v: 1,
    cameraId: 'door',
    rtpTimestamp: rtpTimestamp >>> 0,
    width: 1000,
    height: 500,
    faces,
    latencyMs: 80,
  };
}
