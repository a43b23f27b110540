import type { MaskLabel } from '../../models/mask-classifier.js';
import type { ReplayedFrame } from './replay-clip.js';

/** One person that the product counted in a clip. */
export interface PersonSeen {
  readonly trackId: string;
  /** Milliseconds from the clip's start. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** The voted state at the end of the stay. */
  readonly state: MaskLabel;
  /** 0..1. */
  readonly confidence: number;
}

/** The people counted in a clip, by their first sighting: confirmed tracks, each with its last voted state. */
export function peopleSeen(frames: Iterable<ReplayedFrame>): PersonSeen[] {
  const people = new Map<string, PersonSeen>();
  for (const { tracks } of frames) {
    for (const { trackId, firstSeenMs, lastSeenMs, label, confidence, confirmed } of tracks) {
      if (confirmed) people.set(trackId, { trackId, firstSeenMs, lastSeenMs, state: label, confidence });
    }
  }
  return [...people.values()].sort((a, b) => a.firstSeenMs - b.firstSeenMs || a.lastSeenMs - b.lastSeenMs);
}
