import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm';
import type { Engine, Tf } from './engine.js';

/**
 * Loads tfjs with its WebAssembly backend (SIMD where the machine has it, one thread: in Node the backend has no others).
 * Slower than TensorFlow, but it runs wherever Node does.
 *
 * @throws Error where the backend cannot start
 */
export async function loadWasmEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs') as Tf;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof WasmBackend;
  const manifest = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
  wasm.setWasmPaths(join(dirname(manifest), 'dist') + sep);
  tf.enableProdMode();
  if (!(await tf.setBackend('wasm'))) throw new Error('The wasm backend of tfjs cannot start');
  await tf.ready();
  return { tf, facts: { backend: 'wasm', oneDnn: false, threads: 1 } };
}
