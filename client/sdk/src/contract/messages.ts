// Made from server/analysis/messages.ts by "npm run interfaces"; change it there.

/** Where frames of one camera went; `received = processed + dropped (all reasons) + lost + waiting`. */
export interface FrameAccount {
  /** Access units that reached the process. */
  readonly received: number;
  /** Frames that went through the whole analysis. */
  readonly processed: number;
  /** Access units that were not analysed, by reason. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Units that went into a decoder and never came out, because it died or was stopped. */
  readonly lost: number;
  /** Units inside the decoder or waiting for analysis now. */
  readonly waiting: number;
}

/** What the analysis of one camera took, and what it was spared. */
export interface AnalysisEffort {
  /** Frames a second that there is time for now; at most what the camera asks for. */
  readonly effectiveFps: number;
  /** Processed frames that were not searched for faces, as nothing had moved since one that was: people stay where they were. */
  readonly unmoved: number;
  /** Faces that were found. */
  readonly faces: number;
  /** Those of them that were classified; the others were of people whose state was not in question. */
  readonly classified: number;
}

/** Why an access unit was not analysed. */
export const dropReasons = [
  /** The analysis frame rate asks for fewer frames, or the models cannot take more. */
  'rate',
  /** A newer frame replaced it while it waited. */
  'stale',
  /** The decoder's input was full. */
  'decoder-full',
  /** No keyframe had come yet. */
  'no-keyframe',
  /** ffmpeg could not decode it. */
  'undecodable',
] as const;

/** One of the reasons above. */
export type DropReason = (typeof dropReasons)[number];

/** What runs the models, for health and `doctor`. */
export interface EngineFacts {
  readonly backend: 'tensorflow' | 'wasm';
  /** TensorFlow's version; absent on wasm. */
  readonly tensorflow?: string;
  readonly oneDnn: boolean;
  readonly threads: number;
  readonly detector: string;
  readonly classifier: string;
}
