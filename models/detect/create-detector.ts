import type { Detector } from '../detector.js';
import type { Engine } from '../engine/engine.js';
import { createLayeredDetector } from './face-api/layered-detector.js';
import { shippedWeights } from '../shipped-weights.js';
import { loadOwnDetector } from './own/own-detector.js';
import { createSsdGraphDetector } from './face-api/ssd-graph-detector.js';

/** What may be set on any detector. */
export interface DetectorOptions {
  /** Least score of a detection, 0..1, both ends excluded; each detector has its own default. */
  readonly minScore?: number;
  /** Long side in pixels to which pictures are brought, 64..2048; our own detectors only, each has its own default. */
  readonly inputSide?: number;
}

type Create = (engine: Engine, options: DetectorOptions) => Promise<Detector>;

/** All detectors by name. A new one is one more line here and one more folder beside this file. */
const detectors = {
  'maskwatch-h': (engine, { minScore, inputSide }) =>
    loadOwnDetector(engine, shippedWeights('maskwatch-h'), { minScore, inputSide }),
  'face-api-ssd': (engine, { minScore = 0.3 }) =>
    engine.compile === undefined
      ? createLayeredDetector(engine, 'face-api-ssd', minScore)
      : createSsdGraphDetector(engine, engine.compile, minScore),
  'face-api-tiny': (engine, { minScore = 0.4 }) => createLayeredDetector(engine, 'face-api-tiny', minScore),
} satisfies Record<string, Create>;

/** A detector's name in the configuration. */
export type DetectorName = keyof typeof detectors;

/** The names of all detectors. */
export const detectorNames = Object.keys(detectors) as DetectorName[];

/** Whether the side of a detector's input can be chosen: those of face-api bring every picture to one size. */
export function hasInputSide(name: DetectorName): boolean {
  return !name.startsWith('face-api');
}

/**
 * Loads a detector.
 *
 * @throws RangeError for a name, a score or a side of the input that cannot be
 */
export async function createDetector(
  name: string,
  engine: Engine,
  options: DetectorOptions = {},
): Promise<Detector> {
  const { minScore = 0.5, inputSide } = options;
  if (!(minScore > 0 && minScore < 1))
    throw new RangeError(`minScore must be between 0 and 1, got ${minScore}`);
  const known = detectorNames.find((candidate) => candidate === name);
  if (known === undefined) throw new RangeError(`No detector ${name}; there are ${detectorNames.join(', ')}`);
  if (inputSide !== undefined && !hasInputSide(known))
    throw new RangeError(`${known} has an input of one size: no side can be chosen`);
  if (inputSide !== undefined && !(inputSide >= 64 && inputSide <= 2048))
    throw new RangeError(`inputSide must be between 64 and 2048, got ${inputSide}`);
  return detectors[known](engine, options);
}
