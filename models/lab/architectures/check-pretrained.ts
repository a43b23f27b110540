import { cutRegion } from '../../crop.js';
import type { Tf } from '../../engine/engine.js';
import { decodePicture } from '../../picture.js';
import { networkInput } from '../train/network-input.js';
import { normDrift } from './norm-drift.js';
import type { NormDrift } from './norm-drift.js';
import { architectureNamed } from './registry.js';
import { startModel } from './start-model.js';

/** What is to be checked, and on what. */
export interface PretrainedCheck {
  readonly architecture: string;
  /** Safetensors with PyTorch's names. */
  readonly pretrained: string;
  /** Side of the input; the published weights were trained at 224. */
  readonly size: number;
  /** Paths of natural photographs. */
  readonly photographs: readonly string[];
}

/**
 * Imports weights and passes photographs through: of each the squares at both ends of its long side.
 * @returns how each batch norm's input differs from what the norm has stored
 * @throws Error where the network has no batch norms, or the file does not fit it; PictureError for a bad photograph
 */
export async function checkPretrained(tf: Tf, check: PretrainedCheck): Promise<NormDrift[]> {
  const { architecture, pretrained, size, photographs } = check;
  const length = size * size * 3;
  const pixels = new Uint8Array(photographs.length * 2 * length);
  for (const [i, path] of photographs.entries()) {
    const image = await decodePicture(path);
    const side = Math.min(image.width, image.height);
    const far = { x: image.width - side, y: image.height - side };
    cutRegion(image, { x: 0, y: 0, width: side, height: side }, size, pixels, 2 * i * length);
    cutRegion(image, { ...far, width: side, height: side }, size, pixels, (2 * i + 1) * length);
  }
  const model = await startModel(tf, { architecture, pretrained, size, outputs: 2, seed: 1 });
  const input = networkInput(tf, pixels, size, architectureNamed(architecture).normalisation);
  try {
    const drifts = normDrift(tf, model, input);
    if (drifts.length === 0) throw new Error(`${architecture} has no batch norms to check`);
    return drifts;
  } finally {
    input.dispose();
    model.dispose();
  }
}
