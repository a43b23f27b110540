/** Recall among labelled boxes of one kind; null where there are none. */
export interface KindRecall {
  readonly recall: number | null;
  readonly boxes: number;
}

/** How a detector did on one public validation at one input size. */
export interface SceneFigures {
  readonly set: string;
  /** Every n-th scene of the set, by sorted file name. */
  readonly every: number;
  readonly scenes: number;
  /** Overlap at which a face counts as found. */
  readonly iou: number;
  /** Long side of the input in pixels. */
  readonly inputSide: number;
  /** All-point average precision. */
  readonly ap: number;
  /** Score from which there is one false positive in two scenes; the recalls are at this score. */
  readonly score: number;
  readonly recall: number;
  /** By short side of the box in pixels of the scene. */
  readonly bySize: Readonly<Record<string, KindRecall>>;
  readonly byLabel: Readonly<Record<string, KindRecall>>;
}

/** Time of a graph for one picture. */
export interface TimeFigures {
  /** Size of the picture and the input. */
  readonly width: number;
  readonly height: number;
  /** Median milliseconds. */
  readonly milliseconds: number;
}

/** What was measured of a detector. */
export interface DetectorFigures {
  readonly name: string;
  readonly scenes: readonly SceneFigures[];
  readonly times: readonly TimeFigures[];
}
