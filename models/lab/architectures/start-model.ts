import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { readSafetensors } from '../detector/safetensors.js';
import type { BuildOptions } from './architecture.js';
import { freezeLayers } from './freeze.js';
import type { Freeze } from './freeze.js';
import { loadPretrained } from './load-pretrained.js';
import { loadWeights } from './load-weights.js';
import { architectureNamed } from './registry.js';

/** A network as a run begins with it. */
export interface StartOptions extends BuildOptions {
  readonly architecture: string;
  /** Safetensors with PyTorch's names for the backbone; random weights where absent. */
  readonly pretrained?: string | undefined;
  /** Weights folder of a finished network of the same build, for all layers; wins over `pretrained`. */
  readonly initial?: string | undefined;
  /** Default: nothing is frozen. */
  readonly freeze?: Freeze | undefined;
}

/**
 * Builds a network, fills its backbone (or all of it) from files and freezes what is not to be trained. The caller disposes it.
 * @throws Error where the file lacks weights or the network lacks layers to freeze
 */
export async function startModel(tf: Tf, options: StartOptions): Promise<LayersModel> {
  const { architecture, pretrained, initial, freeze = { kind: 'none' } } = options;
  const weights = pretrained === undefined ? null : await readSafetensors(pretrained);
  const model = architectureNamed(architecture).build(tf, options);
  try {
    if (weights && loadPretrained(tf, model, weights).length === 0)
      throw new Error(`${model.name} has no layers to load`);
    if (initial !== undefined) await loadWeights(tf, model, initial);
    freezeLayers(model, freeze);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
