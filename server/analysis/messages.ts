import type { AccessUnit, VideoCodec } from '../../streams/access-unit.js';
import type { Box } from '../../models/image.js';
import type { MaskLabel } from '../../models/mask-classifier.js';
import type { MomentPicture } from '../evidence/make-picture.js';

/** What an analysis process is told once, in its first message. */
export interface AnalysisSettings {
  /** A name of `models/detect/create-detector.ts`: `maskwatch-h`, `face-api-ssd`, `face-api-tiny`. */
  readonly detector: string;
  /** Least score of a detection that is kept, 0..1; the detector's own default where absent. */
  readonly minScore?: number;
  /** Weights folder of the mask classifier: a name under models/weights, or an absolute path. */
  readonly classifier: string;
  /** Long side, in pixels, of the frames that are decoded for analysis. */
  readonly frameSide: number;
  /** Threads that TensorFlow may use in this process. */
  readonly threads: number;
  /** True keeps TensorFlow's native library out. Default false: TensorFlow, or wasm where it cannot be loaded. */
  readonly forceWasm?: boolean;
  /** True keeps the newest analysed frame of each camera, for pictures of a moment. Default false. */
  readonly keepFrames?: boolean;
}

/** How one camera is analysed. */
export interface CameraAnalysis {
  readonly cameraId: string;
  /** Grows each time the camera is opened anew, so that late messages of an older life can be told apart. */
  readonly generation: number;
  readonly codec: VideoCodec;
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** True for a looping file: a scene cut ends all tracks. */
  readonly cutsPossible: boolean;
  /**
   * Extended timestamp of the last unit that an earlier process was given. Units up to it only bring the decoder to where the
   * video is: they are not counted and their frames are not analysed again. Absent at the first opening.
   */
  readonly resumeAfter?: number;
}

/** Messages to an analysis process. */
export type ToAnalysis =
  | { readonly type: 'start'; readonly settings: AnalysisSettings }
  | { readonly type: 'open'; readonly camera: CameraAnalysis }
  | {
      readonly type: 'unit';
      readonly cameraId: string;
      readonly generation: number;
      readonly unit: AccessUnit;
    }
  | { readonly type: 'close'; readonly cameraId: string }
  /** Classify with the weights of another folder from the next batch on; answered by `classifier` with the same id. */
  | { readonly type: 'classifier'; readonly id: number; readonly folder: string }
  /** Keep the newest analysed frame of each camera from now on, or keep none. */
  | { readonly type: 'keep-frames'; readonly on: boolean }
  /** Make a picture of the camera's newest analysed frame; answered by `picture` with the same id. */
  | { readonly type: 'picture'; readonly id: number; readonly cameraId: string; readonly blur: boolean }
  | { readonly type: 'ping'; readonly id: number };

/** A person in view, as the tracker and the vote see him at one frame. */
export interface Track {
  /** Random, never reused, says nothing about the person. */
  readonly trackId: string;
  /** In pixels of the camera's picture (`TracksMessage.width` x `height`). */
  readonly box: Box;
  /** The voted state of the person, not of this one frame. */
  readonly label: MaskLabel;
  /** Confidence in the label, 0..1. */
  readonly confidence: number;
  /** Classified frames that stand behind the label. */
  readonly votes: number;
  /** Only confirmed tracks count as people. */
  readonly confirmed: boolean;
  /** Milliseconds of `monotonicMs()`. */
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** A confirmed person who left the view. */
export interface EndedTrack extends Track {
  /** Times the voted state changed after it was first decided. */
  readonly changes: number;
}

/** The result of one analysed frame. */
export interface TracksMessage {
  readonly type: 'tracks';
  readonly cameraId: string;
  readonly generation: number;
  readonly rtpTimestamp: number;
  /** When the first packet of the frame arrived, in milliseconds of `monotonicMs()`. */
  readonly capturedAtMs: number;
  /** Size of the camera's picture in pixels, to which all boxes refer. */
  readonly width: number;
  readonly height: number;
  /** People seen in this very frame. */
  readonly tracks: readonly Track[];
  /** People whose tracks ended since the last message. */
  readonly ended: readonly EndedTrack[];
  readonly timing: { readonly decodeMs: number; readonly detectMs: number; readonly classifyMs: number };
}

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

/** The account of one life of a camera in one process. */
export interface CameraAccount extends FrameAccount {
  readonly generation: number;
  readonly effort: AnalysisEffort;
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

/** Messages from an analysis process. */
export type FromAnalysis =
  | { readonly type: 'ready'; readonly engine: EngineFacts }
  | TracksMessage
  | { readonly type: 'keyframe-wanted'; readonly cameraId: string }
  | {
      readonly type: 'accounts';
      readonly accounts: Readonly<Record<string, CameraAccount>>;
      readonly rssBytes: number;
      readonly tensors: number;
    }
  | { readonly type: 'camera-error'; readonly cameraId: string; readonly reason: string }
  /** TensorFlow could not be loaded and something slower takes its place; one sentence. */
  | { readonly type: 'fallback'; readonly reason: string }
  /** The answer to `classifier`: what runs now, or why the one before goes on. */
  | { readonly type: 'classifier'; readonly id: number; readonly engine: EngineFacts }
  | { readonly type: 'classifier'; readonly id: number; readonly error: string }
  /** The answer to `picture`: the one way in which pixels leave the process. */
  | { readonly type: 'picture'; readonly id: number; readonly picture: MomentPicture }
  | { readonly type: 'picture'; readonly id: number; readonly error: string }
  | { readonly type: 'pong'; readonly id: number };
