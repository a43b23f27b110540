import { z } from 'zod';
import type { Box } from '../../models/image.js';
import { wornStates } from '../../models/mask-classifier.js';

/** Time in milliseconds from the clip's start, then a face's box in pixels of the clip: x, y, width, height. */
const moment = z.tuple([
  z.number().min(0),
  z.number(),
  z.number(),
  z.number().positive(),
  z.number().positive(),
]);
/** One unbroken appearance: between two moments the box moves evenly. */
const span = z
  .array(moment)
  .min(1)
  .refine((moments) => moments.every(([atMs], i) => i === 0 || atMs > (moments[i - 1]?.[0] ?? 0)), {
    message: 'times must grow',
  });

/** What a clip really shows, written by hand: one entry a person, however often the face is hidden in between. */
export const clipTruthSchema = z.strictObject({
  /** File name of the clip. */
  clip: z.string().min(1),
  /** Size of the clip's picture in pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
  people: z.array(
    z.strictObject({
      id: z.string().min(1),
      /** What the person wears when last seen. */
      state: z.enum(wornStates),
      spans: z.array(span).min(1),
    }),
  ),
  /** Places where a face may or may not be reported: too small, too blurred or turned too far to tell. */
  ignored: z.array(span).default([]),
});

/** What a clip really shows. */
export type ClipTruth = z.output<typeof clipTruthSchema>;

/** A face's unbroken appearance. */
export type Span = ClipTruth['ignored'][number];

/** Where a face is at a moment; undefined outside its appearance. A span of one moment stands for all times. */
export function boxAt(appearance: Span, atMs: number): Box | undefined {
  const [only] = appearance;
  if (appearance.length === 1 && only !== undefined) return toBox(only);
  for (let i = 1; i < appearance.length; i++) {
    const before = appearance[i - 1];
    const after = appearance[i];
    if (before === undefined || after === undefined || atMs < before[0] || atMs > after[0]) continue;
    const share = (atMs - before[0]) / (after[0] - before[0]);
    const between = (n: 1 | 2 | 3 | 4): number => before[n] + share * (after[n] - before[n]);
    return toBox([atMs, between(1), between(2), between(3), between(4)]);
  }
  return undefined;
}

function toBox([, x, y, width, height]: Span[number]): Box {
  return { x, y, width, height };
}
