import { join, resolve } from 'node:path';
import { WeightsLibrary } from './weights-library.js';

/**
 * The library of this product and this data folder.
 *
 * @param root the project's folder
 * @param dataDir the data folder; need not exist
 */
export function productLibrary(root: string, dataDir: string): WeightsLibrary {
  return new WeightsLibrary(join(root, 'models', 'weights'), join(resolve(dataDir), 'models'));
}
