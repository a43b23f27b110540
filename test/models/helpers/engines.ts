import type { Engine } from '../../../models/engine/engine.js';
import { loadEngine } from '../../../models/engine/load-engine.js';

const loading = new Map<string, Promise<Engine>>();

/** TensorFlow on one thread, loaded once for all tests of this process, as its thread pools are. */
export function nativeEngine(): Promise<Engine> {
  return once('tensorflow');
}

/** The same, typed as an engine that takes graphs. */
export async function graphEngine(): Promise<Engine & Required<Pick<Engine, 'compile'>>> {
  const engine = await nativeEngine();
  if (engine.compile === undefined) throw new Error('TensorFlow takes graphs');
  return { ...engine, compile: engine.compile };
}

/** TensorFlow without graphs: the layers one by one, as on engines that know no others. */
export async function layeredEngine(): Promise<Engine> {
  const { tf, facts } = await nativeEngine();
  return { tf, facts };
}

function once(backend: 'tensorflow'): Promise<Engine> {
  const engine = loading.get(backend) ?? loadEngine({ threads: 1, backend });
  loading.set(backend, engine);
  return engine;
}
