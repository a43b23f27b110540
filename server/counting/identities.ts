import type { LabelledFrame } from './labelled-frame.js';

/** How often each identity occurs, true and reported, over all frames. */
export interface Identities {
  /** Frames of each true person, by its place in the order of first appearance. */
  readonly truthFrames: readonly number[];
  readonly reportedFrames: readonly number[];
  readonly truthIndex: ReadonlyMap<string, number>;
  readonly reportedIndex: ReadonlyMap<string, number>;
}

/** Numbers the identities of some frames and counts their frames. */
export function countIdentities(frames: readonly LabelledFrame[]): Identities {
  const truth = new Tally();
  const reported = new Tally();
  for (const frame of frames) {
    for (const { id } of frame.truth) truth.add(id);
    for (const { id } of frame.reported) reported.add(id);
  }
  return {
    truthFrames: truth.counts,
    reportedFrames: reported.counts,
    truthIndex: truth.index,
    reportedIndex: reported.index,
  };
}

/** A table of zeros, one row for each true person and one column for each reported one. */
export function zeros({ truthFrames, reportedFrames }: Identities): number[][] {
  return truthFrames.map(() => new Array<number>(reportedFrames.length).fill(0));
}

class Tally {
  readonly index = new Map<string, number>();
  readonly counts: number[] = [];

  add(id: string): void {
    const at = this.index.get(id) ?? this.counts.length;
    this.index.set(id, at);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }
}
