import type { Detector } from '../../../models/detector.js';
import type { MaskClassifier } from '../../../models/mask-classifier.js';
import type { AnalysisSettings, EngineFacts } from '../messages.js';

/** The models of a process, ready to run. */
export interface LoadedModels {
  readonly facts: EngineFacts;
  readonly detector: Detector;
  readonly classifier: MaskClassifier;
  /**
   * Loads another classifier beside the first one; the caller owns it.
   *
   * @param folder as `AnalysisSettings.classifier`
   * @throws WeightsError naming the file that is missing, damaged or does not fit
   */
  readonly loadClassifier: (folder: string) => Promise<MaskClassifier>;
  /** Tensors alive now; it stays flat in a healthy process. */
  readonly tensors: () => number;
}

/** Loads the models that the settings name. `onFallback` is told when something slower had to take TensorFlow's place. */
export type LoadModels = (
  settings: AnalysisSettings,
  onFallback: (reason: string) => void,
) => Promise<LoadedModels>;
