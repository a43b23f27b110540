import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of weights that ship with the product, whether the code runs from its sources or from `dist/`.
 *
 * @param name of the weights, for example `face-h`
 */
export function shippedWeights(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'models', 'weights', name)) && dirname(folder) !== folder)
    folder = dirname(folder);
  return join(folder, 'models', 'weights', name);
}
