import type { FrameEvent, OverlayFace } from '../../../server/realtime/events.js';
import type { Box } from '../../../models/image.js';

/** A box as it is drawn over one presented picture. */
export interface DrawnBox {
  readonly trackId: string;
  /** In fractions of the picture's width and height, so that a change of resolution between frames does no harm. */
  readonly box: Box;
  readonly label: OverlayFace['label'];
  /** 0..1. */
  readonly confidence: number;
  readonly confirmed: boolean;
  /** 0..1: below 1 where the box fades in or out. */
  readonly alpha: number;
}

/** A face of an analysed frame as a box at full strength. */
export function boxOfFace(frame: FrameEvent, face: OverlayFace, alpha = 1): DrawnBox {
  return {
    trackId: face.trackId,
    box: {
      x: face.box.x / frame.width,
      y: face.box.y / frame.height,
      width: face.box.width / frame.width,
      height: face.box.height / frame.height,
    },
    label: face.label,
    confidence: face.confidence,
    confirmed: face.confirmed,
    alpha,
  };
}

/**
 * The straight line between two boxes.
 *
 * @param share 0 gives `from`, 1 gives `to`, above 1 goes on beyond `to`
 */
export function betweenBoxes(from: Box, to: Box, share: number): Box {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: Math.max(0, mix(from.width, to.width)),
    height: Math.max(0, mix(from.height, to.height)),
  };
}
