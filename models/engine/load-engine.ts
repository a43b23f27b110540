import type { Engine } from './engine.js';
import { hasMatrixUnit } from './matrix-unit.js';
import { loadNativeEngine } from './native-engine.js';
import { loadWasmEngine } from './wasm-engine.js';

/** How to load an engine. */
export interface EngineOptions {
  /** Threads that one computation may use; 1 is best where several processes share the machine. */
  readonly threads: number;
  /** `auto` takes TensorFlow and falls back to wasm where it cannot be loaded. Default `auto`. */
  readonly backend?: 'auto' | 'tensorflow' | 'wasm';
  /** False turns oneDNN off, for comparison. Default true. */
  readonly oneDnn?: boolean;
  /**
   * True lets convolutions round what they multiply to bfloat16 where the processor has a unit for that: 1.3 times as fast,
   * scores change by about 0.001. Default false: training and comparisons keep float32.
   */
  readonly rounded?: boolean;
  /** Told in one sentence why TensorFlow could not be loaded, before wasm takes its place. */
  readonly onFallback?: (reason: string) => void;
}

/**
 * Loads tfjs with the fastest backend there is. Once a process: TensorFlow reads its settings when it is loaded, and its
 * thread pools belong to the process. On the main thread: a worker's environment does not reach native code.
 *
 * @throws Error where the backend asked for cannot be loaded
 */
export async function loadEngine(options: EngineOptions): Promise<Engine> {
  const { threads, backend = 'auto', oneDnn = true, rounded = false } = options;
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`threads must be a whole number from 1, got ${threads}`);
  }
  if (backend === 'wasm') return loadWasmEngine();
  try {
    return loadNativeEngine({ threads, oneDnn, bfloat16: rounded && hasMatrixUnit() });
  } catch (error) {
    if (backend === 'tensorflow') throw error;
    options.onFallback?.(`TensorFlow cannot be loaded (${firstLine(error)})`);
    return loadWasmEngine();
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
}
