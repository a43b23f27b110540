import type { EndedTrack, Track, TracksMessage } from '../../server/analysis/messages.js';
import type { Visit } from '../../server/realtime/events.js';

/** A confirmed person; overrides replace single fields. */
export function track(trackId: string, overrides: Partial<Track> = {}): Track {
  return {
    trackId,
    box: { x: 10, y: 20, width: 30, height: 40 },
    label: 'mask',
    confidence: 0.9,
    votes: 5,
    confirmed: true,
    firstSeenMs: 0,
    lastSeenMs: 0,
    ...overrides,
  };
}

/** One analysed frame at a monotonic time. */
export function tracksAt(
  capturedAtMs: number,
  tracks: readonly Track[],
  overrides: Partial<TracksMessage> & { ended?: readonly EndedTrack[] } = {},
): TracksMessage {
  return {
    type: 'tracks',
    cameraId: 'door',
    generation: 1,
    rtpTimestamp: Math.round(capturedAtMs * 90) >>> 0,
    capturedAtMs,
    width: 640,
    height: 360,
    tracks,
    ended: [],
    timing: { decodeMs: 1, detectMs: 1, classifyMs: 1 },
    ...overrides,
  };
}

/** A visit; overrides replace single fields. */
export function visit(visitId: string, overrides: Partial<Visit> = {}): Visit {
  return {
    visitId,
    cameraId: 'door',
    firstSeenAt: 1_700_000_000_000,
    lastSeenAt: 1_700_000_001_000,
    state: 'mask',
    confidence: 0.9,
    changes: 0,
    ended: true,
    ...overrides,
  };
}
