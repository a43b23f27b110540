import type * as tfjs from '@tensorflow/tfjs';

/** The tfjs namespace, the same on every backend. */
export type Tf = typeof tfjs;

/** What does the computing. */
export interface EngineFacts {
  readonly backend: 'tensorflow' | 'wasm';
  /** TensorFlow's own version, for example `2.15.1`; absent on wasm. */
  readonly tensorflow?: string;
  /** Whether TensorFlow's kernels are oneDNN's. */
  readonly oneDnn: boolean;
  /** Threads that one computation may use. */
  readonly threads: number;
}

/** What goes into a graph: byte strings (a string tensor of that length) or whole numbers (an int32 vector). */
export type GraphInput = readonly Uint8Array[] | Int32Array;

/** A float32 tensor that came out of a graph. */
export interface GraphOutput {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

/** A frozen graph in its session. */
export interface CompiledGraph {
  /**
   * Runs the graph once, on the calling thread.
   *
   * @param inputs one value for each input of the graph's signature
   * @returns one value for each output of the signature
   */
  run(inputs: Readonly<Record<string, GraphInput>>): Record<string, GraphOutput>;
  /** Frees the session; idempotent. */
  close(): void;
}

/** The one way to tfjs. */
export interface Engine {
  readonly tf: Tf;
  readonly facts: EngineFacts;
  /**
   * Takes a SavedModel (the bytes of `saved_model.pb`, no variables) with signature `serving_default`. Absent where the
   * backend knows no graphs: there layers run one by one.
   */
  readonly compile?: (savedModel: Uint8Array) => Promise<CompiledGraph>;
}
