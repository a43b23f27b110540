import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openWeights } from '../../classify/open-weights.js';
import type { Tf } from '../../engine/engine.js';
import type { Precision } from '../export/store-weight.js';
import { writeWeights } from '../export/write-weights.js';

/** A weights folder to be stored more tightly. */
export interface QuantizeRequest {
  /** The weights folder to read. */
  readonly source: string;
  /** Folder that takes the new weights folder. */
  readonly parent: string;
  readonly precision: Precision;
  /** The command line that asked for it. */
  readonly command: string;
  readonly at: Date;
}

/** A weights folder and how large it is. */
export interface StoredWeights {
  readonly name: string;
  readonly folder: string;
  /** Of `weights.bin`. */
  readonly bytes: number;
}

/**
 * Writes a weights folder `<name>-<precision>` with the same network, rounded. The server loads it like any other.
 *
 * @throws WeightsError for a weights folder that cannot be used
 */
export async function quantizeWeights(tf: Tf, request: QuantizeRequest): Promise<StoredWeights> {
  const { source, parent, precision, command, at } = request;
  const { manifest, model } = await openWeights(tf, source);
  try {
    const name = `${manifest.name}-${precision}`;
    const folder = join(parent, name);
    await writeWeights(folder, model, {
      ...manifest,
      // The figures are those of the weights before they were rounded.
      test: undefined,
      name,
      precision,
      data: [...manifest.data, `Rounded to ${precision} from ${manifest.name}`],
      created: { command, at: at.toISOString() },
    });
    return await storedWeights(name, folder);
  } finally {
    model.dispose();
  }
}

/** Looks at the size of a weights folder. */
export async function storedWeights(name: string, folder: string): Promise<StoredWeights> {
  return { name, folder, bytes: (await stat(join(folder, 'weights.bin'))).size };
}
