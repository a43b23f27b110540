import type { Engine } from '../../../models/engine/engine.js';
import { loadEngine } from '../../../models/engine/load-engine.js';

let native: Promise<Engine> | undefined;

/** TensorFlow on one thread, loaded once for all tests of this process, as its thread pools are. */
export function nativeEngine(): Promise<Engine> {
  native ??= loadEngine({ threads: 1, backend: 'tensorflow' });
  return native;
}

/** The same, typed as an engine that takes graphs. */
export async function graphEngine(): Promise<Engine & Required<Pick<Engine, 'compile'>>> {
  const engine = await nativeEngine();
  if (engine.compile === undefined) throw new Error('TensorFlow takes graphs');
  return { ...engine, compile: engine.compile };
}
