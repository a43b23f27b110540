import type { Box, RgbImage } from '../../../models/image.js';
import type { AnalysisSettings, EngineFacts } from '../messages.js';
import type { BatchResult, KnownFaces } from './analyse-batch.js';

/** What the thread of the models is asked for. */
export type ModelRequest =
  | { readonly type: 'start'; readonly settings: AnalysisSettings }
  | { readonly type: 'analyse'; readonly frames: readonly RgbImage[]; readonly known: KnownFaces }
  | { readonly type: 'faces'; readonly frame: RgbImage; readonly minScore?: number | undefined }
  | { readonly type: 'classifier'; readonly folder: string }
  | { readonly type: 'tensors' }
  | { readonly type: 'close' };

/** The answer to each kind of request. */
export interface ModelAnswers {
  readonly start: EngineFacts;
  readonly analyse: BatchResult;
  readonly faces: readonly Box[];
  readonly classifier: EngineFacts;
  readonly tensors: number;
  readonly close: undefined;
}

/** A request with its number. */
export interface NumberedRequest {
  readonly id: number;
  readonly request: ModelRequest;
}

/** Messages from the thread. */
export type FromModels =
  | {
      readonly id: number;
      readonly answer: ModelAnswers[ModelRequest['type']];
      /** The memory of the frames that were analysed, moved back. */
      readonly memory: readonly ArrayBuffer[];
    }
  | { readonly id: number; readonly error: string }
  | { readonly fallback: string };
