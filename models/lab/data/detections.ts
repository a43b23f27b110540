import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Detection } from '../../detector.js';

const faceSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  score: z.number(),
  detectorScore: z.number().optional(),
});
const lineSchema = z.object({ file: z.string(), faces: z.array(faceSchema).optional() });

/**
 * Reads what a detector found, as `maskwatch classify --json` prints it: one JSON line a picture. A score that a classifier's
 * `reject` lowered is passed over for the detector's own where that is told: what is learnt must not follow from what was known.
 * @throws Error naming the line that does not fit
 */
export async function readDetections(path: string): Promise<Map<string, Detection[]>> {
  const found = new Map<string, Detection[]>();
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number++;
    if (line.trim() === '') continue;
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success) throw new Error(`${path}, line ${number}: ${z.prettifyError(parsed.error)}`);
    const faces = parsed.data.faces ?? [];
    found.set(
      parsed.data.file,
      faces
        .map(({ score, detectorScore, ...box }) => ({ box, score: detectorScore ?? score }))
        .sort((a, b) => b.score - a.score),
    );
  }
  return found;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
