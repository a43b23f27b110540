import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Box } from '../../image.js';
import { wornStates } from '../../mask-classifier.js';
import type { MaskLabel, WornState } from '../../mask-classifier.js';

/** A predicted face of a scene. */
export interface PredictedFace {
  readonly box: Box;
  /** Detection score, 0..1. */
  readonly score: number;
  /** The detector's score before a classifier's `reject` took part in it; absent where nobody tells it. */
  readonly detectorScore?: number;
  readonly label: MaskLabel;
  /** Null where none are given, or where the label is `unknown`. */
  readonly probabilities: Readonly<Record<WornState, number>> | null;
}

const finite = z.number();
const faceSchema = z.object({
  x: finite,
  y: finite,
  width: finite.min(0),
  height: finite.min(0),
  score: finite.min(0).max(1),
  detectorScore: finite.min(0).max(1).optional(),
  label: z.enum([...wornStates, 'unknown']).nullish(),
  probabilities: z.record(z.string(), finite).nullish(),
});
const lineSchema = z.object({ file: z.string(), faces: z.array(faceSchema).optional() });

/**
 * Reads predictions, one JSON object a line as `maskwatch classify --json` prints them. A line that tells an error
 * counts as a picture without faces.
 * @throws Error naming the line that does not fit, or a file named twice
 */
export async function readPredictions(path: string): Promise<Map<string, PredictedFace[]>> {
  const found = new Map<string, PredictedFace[]>();
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    if (line.trim() === '') continue;
    const { file, faces = [] } = parseLine(line, `${path}, line ${number}`);
    if (found.has(file)) throw new Error(`${path}, line ${number}: a second line for ${file}`);
    found.set(
      file,
      faces.map(({ score, detectorScore, label, probabilities, ...box }) => {
        const said = label ?? 'unknown';
        const known = probabilities && said !== 'unknown';
        return {
          box,
          score,
          ...(detectorScore === undefined ? {} : { detectorScore }),
          label: said,
          probabilities: known ? worn(probabilities) : null,
        };
      }),
    );
  }
  return found;
}

function worn(probabilities: Readonly<Record<string, number>>): Record<WornState, number> {
  const { mask = 0, no_mask = 0, incorrect = 0 } = probabilities;
  return { mask, no_mask, incorrect };
}

function parseLine(line: string, where: string): z.infer<typeof lineSchema> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new Error(`${where}: not JSON`, { cause });
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Predictions sorted to the pictures that are wanted. */
export interface AssignedPredictions {
  readonly faces: ReadonlyMap<string, readonly PredictedFace[]>;
  readonly picturesWithoutLine: number;
  readonly linesOfOtherPictures: number;
}

/**
 * Sorts predictions to wanted names: by the whole name, else by the bare file name where only one picture bears it.
 * @throws Error when a picture gets two lines, or none gets one
 */
export function assignPredictions(
  wanted: readonly string[],
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
): AssignedPredictions {
  const names = new Set(wanted);
  const byBare = new Map<string, string | null>();
  for (const name of wanted) byBare.set(basename(name), byBare.has(basename(name)) ? null : name);
  const faces = new Map<string, readonly PredictedFace[]>();
  let strays = 0;
  const exactFirst = [...predictions].sort(([a], [b]) => Number(names.has(b)) - Number(names.has(a)));
  for (const [file, found] of exactFirst) {
    const name = names.has(file) ? file : (byBare.get(basename(file.replaceAll('\\', '/'))) ?? null);
    if (name === null) strays++;
    else if (faces.has(name)) throw new Error(`${file}: a second line for ${name}`);
    else faces.set(name, found);
  }
  if (wanted.length > 0 && faces.size === 0) throw new Error('no prediction names a picture of this set');
  return {
    faces: new Map(wanted.map((name) => [name, faces.get(name) ?? []])),
    picturesWithoutLine: wanted.length - faces.size,
    linesOfOtherPictures: strays,
  };
}
