import type { LayersModel, Tensor } from '@tensorflow/tfjs';

/** What one step learns from. */
export interface Lesson {
  /** What the trained model takes; made anew at each call. */
  input(): Tensor;
  /** The output that is right for each place. */
  readonly outputs: Int32Array;
  /** What a teacher says: a row of probabilities for each place, all 0 where it has no opinion. Null without a teacher. */
  readonly teacher: Float32Array | null;
}

/** A network as a run trains it: the whole, or the part above its frozen features. */
export interface Learner {
  /** What is trained. */
  readonly model: LayersModel;
  /** The lesson of `step`; steps are asked for one after the other, and the same step gives the same lesson. */
  lesson(step: number): Promise<Lesson>;
  /** Predicts stored faces as serving would crop them; one row of probabilities a face, in the order given. */
  predict(patches: readonly number[]): Promise<Float32Array[]>;
  /** Puts what was learnt into the whole network. */
  finish(): void;
  /** Ends what it has started; the whole network stays. Idempotent. */
  close(): Promise<void>;
}
