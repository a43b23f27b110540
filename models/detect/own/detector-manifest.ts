import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in lower-case hexadecimal');
const channels = z.tuple([z.number(), z.number(), z.number()]);

/** `manifest.json` of the weights of a face detector of our own: all that is needed to run it, and where it comes from. */
export const detectorManifestSchema = z.strictObject({
  /** Version of this format. */
  format: z.literal(1),
  task: z.literal('face-detector'),
  /** The folder's name. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and hyphens'),
  /** Name of the architecture in the lab. */
  architecture: z.string().min(1),
  parameters: z.int().positive(),
  /** Each channel value v (0..255) enters the network as `(v - mean) / std`; the padding beside a picture has v = 0. */
  normalisation: z.strictObject({ mean: channels, std: channels }),
  /** Strides of the outputs, in their order; each output is `[n, rows, columns, 5]`. */
  strides: z.array(z.int().positive()).min(1),
  /** Long side in pixels to which pictures are brought. */
  inputSide: z.int().min(64).max(2048),
  /** Score from which a face counts, where nobody asks for another. */
  minScore: z.number().gt(0).lt(1),
  /** Overlap (IoU) from which two boxes are one face. */
  maxOverlap: z.number().gt(0).lt(1),
  /** Overlap (IoU) from which a suppressed box moves the one that is kept; absent where boxes stay as they come. */
  mergeOverlap: z.number().gt(0).lt(1).optional(),
  files: z.strictObject({ 'model.json': sha256, 'weights.bin': sha256 }),
  /** SPDX identifier of the weights' licence. */
  licence: z.string().min(1),
  /** What it was trained on, one line a source. */
  data: z.array(z.string().min(1)),
  /** The command that made it, and when (ISO 8601). */
  created: z.strictObject({ command: z.string().min(1), at: z.iso.datetime() }),
});

/** What is known of a detector. */
export type DetectorManifest = z.infer<typeof detectorManifestSchema>;
