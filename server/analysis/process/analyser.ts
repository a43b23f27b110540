import type { Box, RgbImage } from '../../../models/image.js';
import type { AnalysisSettings, EngineFacts } from '../messages.js';
import type { BatchResult, KnownFaces } from './analyse-batch.js';

/** The models of a process, wherever they run. */
export interface Analyser {
  /**
   * Loads the models and runs them once; to be called once, before anything else.
   *
   * @param onFallback told when something slower had to take TensorFlow's place
   * @throws Error when they cannot be loaded
   */
  start(settings: AnalysisSettings, onFallback: (reason: string) => void): Promise<EngineFacts>;
  /**
   * Finds and labels the faces of frames of any sizes.
   *
   * @param frames their pixels may be taken over: they are not to be read afterwards
   * @param known faces that need no label where they look as before
   */
  analyse(frames: readonly RgbImage[], known: KnownFaces): Promise<BatchResult>;
  /**
   * Finds faces without saying anything about them.
   *
   * @param frame its pixels may be taken over
   * @param minScore least score, 0..1, where the detector can change it; its own where absent
   * @returns boxes in pixels of the frame
   */
  faces(frame: RgbImage, minScore?: number): Promise<readonly Box[]>;
  /**
   * Loads another classifier beside the one that runs and lets it take over; when that fails, nothing changes.
   *
   * @param folder as `AnalysisSettings.classifier`
   * @throws Error saying why it cannot be used
   */
  useClassifier(folder: string): Promise<EngineFacts>;
  /** Tensors alive now. Answers only when the models are not at work: who gets no answer knows that they hang. */
  tensors(): Promise<number>;
  /** Releases everything; idempotent. */
  close(): Promise<void>;
}
