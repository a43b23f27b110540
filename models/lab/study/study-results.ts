import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StudyError } from './study-file.js';

const figuresSchema = z.object({
  /** Faces in each part of the split. */
  faces: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  /** Side of the input in pixels. */
  inputSize: z.number(),
  parameters: z.number(),
  epochs: z.number(),
  /** Best accuracy of an epoch on the validation part, 0..1. */
  validationAccuracy: z.number(),
  /** On the test part, by the largest of the worn states; null without faces. */
  testAccuracy: z.number().nullable(),
  testMacroRecall: z.number().nullable(),
  /** Median training time of an epoch, validation not included. */
  epochSeconds: z.number(),
  /** Median time of a face in the finished network, in batches of 8. */
  faceMs: z.number(),
  /** Most memory that the training process held. */
  peakMegabytes: z.number(),
  /** Processor and number of threads. */
  machine: z.string(),
  /** Processes that wanted to run at the end, over the last minutes, as a multiple of the cores. */
  load: z.number(),
  /** When the row was finished, ISO 8601. */
  at: z.iso.datetime(),
});

/** What a finished row came to. */
export type RowFigures = z.infer<typeof figuresSchema>;

const resultsSchema = z.strictObject({ format: z.literal(1), rows: z.record(z.string(), figuresSchema) });

/** Finished rows by key. */
export type StudyResults = Readonly<Record<string, RowFigures>>;

/** Where a study's results are kept: beside its file. */
export function resultsPath(studyFile: string): string {
  return studyFile.replace(/\.ya?ml$/, '.results.json');
}

/** Reads finished rows; none where there is no such file. @throws StudyError when it is damaged */
export async function readResults(path: string): Promise<StudyResults> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return resultsSchema.parse(JSON.parse(text)).rows;
  } catch (cause) {
    throw new StudyError(`${path} is damaged: remove it to run the study anew`, { cause });
  }
}

/** Keeps finished rows; the file is replaced whole, so that it is never half-written. */
export async function writeResults(path: string, rows: StudyResults): Promise<void> {
  await writeFile(`${path}.part`, `${JSON.stringify({ format: 1, rows }, null, 2)}\n`);
  await rename(`${path}.part`, path);
}
