import { overlap } from '../track/box-overlap.js';
import { assign } from '../track/hungarian.js';
import { countIdentities, type Identities, zeros } from './identities.js';
import type { LabelledFrame } from './labelled-frame.js';

/** HOTA and its two parts, 0..1; null where there is nothing to find and nothing was reported. */
export interface Hota {
  readonly hota: number | null;
  /** How well faces are found. */
  readonly detection: number | null;
  /** How well each person keeps one identity. */
  readonly association: number | null;
}

/** Overlaps at which a report counts as found, .05 to .95. */
const thresholds = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/**
 * Higher Order Tracking Accuracy: Luiten et al., "HOTA: A Higher Order Metric for Evaluating Multi-object Tracking", IJCV
 * 2021, with the matching of the authors' TrackEval: over all frames, identities that agree often attract each other.
 */
export function hota(frames: readonly LabelledFrame[]): Hota {
  const identities = countIdentities(frames);
  const all = sum(identities.truthFrames) + sum(identities.reportedFrames);
  if (all === 0) return { hota: null, detection: null, association: null };
  const attraction = attractions(frames, identities);
  const matched = thresholds.map(() => zeros(identities));
  for (const frame of frames) {
    const pairs = matchFrame(frame, identities, attraction);
    thresholds.forEach((threshold, at) => {
      for (const { row, column, iou } of pairs) {
        const counts = matched[at]?.[row];
        if (counts !== undefined && iou >= threshold) counts[column] = (counts[column] ?? 0) + 1;
      }
    });
  }
  const parts = matched.map((counts) => partsOf(counts, identities, all));
  return {
    hota: mean(parts.map(({ detection, association }) => Math.sqrt(detection * association))),
    detection: mean(parts.map(({ detection }) => detection)),
    association: mean(parts.map(({ association }) => association)),
  };
}

function partsOf(counts: readonly (readonly number[])[], identities: Identities, all: number) {
  let found = 0;
  let agreed = 0;
  counts.forEach((row, truth) => {
    row.forEach((together, reported) => {
      found += together;
      const either =
        (identities.truthFrames[truth] ?? 0) + (identities.reportedFrames[reported] ?? 0) - together;
      if (together > 0) agreed += (together * together) / either;
    });
  });
  return { detection: found / (all - found), association: found === 0 ? 0 : agreed / found };
}

/** How often two identities lie on each other, as a Jaccard index over the clip. */
function attractions(frames: readonly LabelledFrame[], identities: Identities): number[][] {
  const together = zeros(identities);
  for (const { truth, reported } of frames) {
    const overlaps = truth.map(({ box }) => reported.map((report) => overlap(box, report.box)));
    const columnSums = reported.map((_, column) => sum(overlaps.map((row) => row[column] ?? 0)));
    overlaps.forEach((row, i) => {
      const target = together[identities.truthIndex.get(truth[i]?.id ?? '') ?? -1];
      const rowSum = sum(row);
      row.forEach((iou, j) => {
        const column = identities.reportedIndex.get(reported[j]?.id ?? '') ?? -1;
        const union = rowSum + (columnSums[j] ?? 0) - iou;
        if (target !== undefined && union > 0) target[column] = (target[column] ?? 0) + iou / union;
      });
    });
  }
  return together.map((row, truth) =>
    row.map(
      (shared, reported) =>
        shared /
        ((identities.truthFrames[truth] ?? 0) + (identities.reportedFrames[reported] ?? 0) - shared || 1),
    ),
  );
}

function matchFrame(
  { truth, reported }: LabelledFrame,
  { truthIndex, reportedIndex }: Identities,
  attraction: readonly (readonly number[])[],
): { row: number; column: number; iou: number }[] {
  const rows = truth.map(({ id }) => truthIndex.get(id) ?? -1);
  const columns = reported.map(({ id }) => reportedIndex.get(id) ?? -1);
  const overlaps = truth.map(({ box }) => reported.map((report) => overlap(box, report.box)));
  const costs = overlaps.map((line, i) =>
    line.map((iou, j) => -(attraction[rows[i] ?? -1]?.[columns[j] ?? -1] ?? 0) * iou),
  );
  return assign(costs).flatMap((j, i) => {
    const iou = overlaps[i]?.[j] ?? 0;
    return j < 0 || iou === 0 ? [] : [{ row: rows[i] ?? -1, column: columns[j] ?? -1, iou }];
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
