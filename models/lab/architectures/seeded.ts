import type { Tf } from '../../engine/engine.js';
import { mixSeed } from '../random.js';

/** Gives each layer of a network initial weights of its own that follow from one seed. */
export function seededInit(tf: Tf, seed: number): () => ReturnType<Tf['initializers']['heNormal']> {
  let layer = 0;
  return () => tf.initializers.heNormal({ seed: mixSeed(seed, ++layer) });
}
