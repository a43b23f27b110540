import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWeightsOf } from '../../classify/read-weights.js';
import { detectorManifestSchema } from '../../detect/own/detector-manifest.js';
import type { Engine } from '../../engine/engine.js';
import { detectorCard } from './detector-card.js';
import { type DetectorMeasurement, measureDetector } from './measure-detector.js';

/**
 * Measures a detector and writes its `CARD.md`. What a person has to say about it lies beside it in `NOTES.md` and goes in.
 *
 * @param command what the card names as having written it
 * @returns the card
 */
export async function writeDetectorCard(
  engine: Engine,
  measurement: DetectorMeasurement,
  command: string,
): Promise<string> {
  const { folder } = measurement;
  const { manifest } = await readWeightsOf(detectorManifestSchema, folder);
  const figures = await measureDetector(engine, measurement);
  const card = detectorCard({ manifest, figures, notes: await readNotes(folder), command });
  await writeFile(join(folder, 'CARD.md'), card);
  return card;
}

/** `NOTES.md` of a weights folder; empty where there is none. */
export async function readNotes(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'NOTES.md'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
