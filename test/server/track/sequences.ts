import type { Detection } from '../../../models/detector.js';
import { defaultTrackerSettings, Tracker, type TrackerUpdate } from '../../../server/track/tracker.js';

/** A tracker whose ids are t1, t2 … in the order of birth. */
export function numberedTracker(): Tracker {
  let born = 0;
  return new Tracker(defaultTrackerSettings, () => `t${++born}`);
}

/** A face of 60 x 75 pixels around a centre. */
export function faceAt(cx: number, cy = 200, score = 0.9): Detection {
  return { box: { x: cx - 30, y: cy - 37.5, width: 60, height: 75 }, score };
}

/** Plays a scene at a frame rate and gives the update of every frame. */
export function play(
  tracker: Tracker,
  fps: number,
  seconds: number,
  scene: (atSeconds: number) => readonly Detection[],
): TrackerUpdate[] {
  const frames = Math.round(seconds * fps);
  return Array.from({ length: frames }, (_, n) => tracker.update(scene(n / fps), (n / fps) * 1000, false));
}

/** The ids seen in a frame, by the order of the detections given. */
export function idsOf(update: TrackerUpdate | undefined): string[] {
  const seen = [...(update?.seen ?? [])].sort((a, b) => a.detection - b.detection);
  return seen.map(({ face }) => face.trackId);
}

/** All ids ever seen. */
export function allIds(updates: readonly TrackerUpdate[]): Set<string> {
  return new Set(updates.flatMap(idsOf));
}
