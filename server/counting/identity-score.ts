import { overlap } from '../track/box-overlap.js';
import { assign } from '../track/hungarian.js';
import { countIdentities, zeros } from './identities.js';
import type { LabelledFrame } from './labelled-frame.js';

/** How well reported identities stand for true ones. */
export interface IdentityScore {
  /** 0..1; null where there is nothing to find and nothing was reported. */
  readonly idf1: number | null;
  /** Times a person went on under another identity. */
  readonly switches: number;
  /** For each true person the reported one that stands for most of it; one to one. */
  readonly partners: ReadonlyMap<string, string>;
}

/** Least overlap of a report with the face it stands for: boxes of faces are small, and people draw them differently. */
const leastOverlap = 0.5;

/**
 * IDF1 of Ristani et al., "Performance Measures and a Data Set for Multi-target, Multi-camera Tracking" (2016), and the
 * identity switches of CLEAR MOT (Bernardin and Stiefelhagen, 2008), at an overlap of 0.5.
 */
export function scoreIdentities(frames: readonly LabelledFrame[]): IdentityScore {
  const identities = countIdentities(frames);
  const { truthFrames, reportedFrames, truthIndex, reportedIndex } = identities;
  const together = zeros(identities);
  for (const { truth, reported } of frames) {
    for (const person of truth) {
      const row = together[truthIndex.get(person.id) ?? -1];
      for (const report of reported) {
        const column = reportedIndex.get(report.id) ?? -1;
        if (row !== undefined && overlap(person.box, report.box) >= leastOverlap) {
          row[column] = (row[column] ?? 0) + 1;
        }
      }
    }
  }
  // Whatever is assigned without any frame together is simply not counted, so no dummy rows are needed: each pair's gain is its
  // number of common frames, and every frame that is not common is a miss and a false report alike.
  const assigned = assign(together.map((row) => row.map((count) => -count)));
  const truthIds = [...truthIndex.keys()];
  const reportedIds = [...reportedIndex.keys()];
  const partners = new Map<string, string>();
  let common = 0;
  assigned.forEach((column, row) => {
    const count = together[row]?.[column] ?? 0;
    const person = truthIds[row];
    const report = reportedIds[column];
    if (count === 0 || person === undefined || report === undefined) return;
    common += count;
    partners.set(person, report);
  });
  const all = total(truthFrames) + total(reportedFrames);
  return { idf1: all === 0 ? null : (2 * common) / all, switches: countSwitches(frames), partners };
}

function countSwitches(frames: readonly LabelledFrame[]): number {
  const last = new Map<string, string>();
  let switches = 0;
  for (const { truth, reported } of frames) {
    for (const { id, report } of matchFrame(truth, reported, last)) {
      const before = last.get(id);
      if (before !== undefined && before !== report) switches++;
      last.set(id, report);
    }
  }
  return switches;
}

/** Each person keeps the report of the frame before where that still lies on the face; the rest are matched by overlap. */
function matchFrame(
  truth: LabelledFrame['truth'],
  reported: LabelledFrame['reported'],
  last: ReadonlyMap<string, string>,
): { id: string; report: string }[] {
  const costs = truth.map(({ id, box }) =>
    reported.map((report) => {
      const iou = overlap(box, report.box);
      if (iou < leastOverlap) return 0;
      return last.get(id) === report.id ? -1000 - iou : -iou;
    }),
  );
  return assign(costs).flatMap((column, row) => {
    const person = truth[row];
    const report = reported[column];
    const matched = (costs[row]?.[column] ?? 0) < 0;
    return matched && person !== undefined && report !== undefined
      ? [{ id: person.id, report: report.id }]
      : [];
  });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
