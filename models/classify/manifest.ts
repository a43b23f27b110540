import { z } from 'zod';
import { wornStates } from '../mask-classifier.js';

/** What an output of the network may stand for: a worn state, or "this is no usable face". */
export const outputClasses = [...wornStates, 'reject'] as const;

/** One output of the network. */
export type OutputClass = (typeof outputClasses)[number];

const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in lower-case hexadecimal');
const channels = z.tuple([z.number(), z.number(), z.number()]);

/** How the square that the network sees is cut around a face; `models/crop.ts` does the cutting. */
const cropSchema = z.strictObject({
  /** A square around the centre of the box; pixels outside the picture repeat its edge. */
  kind: z.literal('square'),
  /** Side of the square as a multiple of the box's long side. */
  margin: z.number().min(0.5).max(4),
  /**
   * Where a picture is said to *be* a face crop, the box is the picture shrunk about its centre to this part of its width
   * and height; then `margin` applies as to any box. `1 / margin` takes the whole picture.
   */
  faceFill: z.number().gt(0).max(1),
});

/** When an answer becomes `unknown`. */
const thresholdsSchema = z.strictObject({
  /** Least probability of the largest worn state, 0..1. */
  minConfidence: fraction,
  /** Least long side of a face box, in pixels of its picture. */
  minFaceSide: z.number().min(0),
  /** Above this probability of `reject` the face counts as unusable, 0..1; 1 where the network has no such output. */
  reject: fraction,
});

/** Figures of the held-out test part. */
const testSchema = z.strictObject({
  faces: z.int().min(1),
  accuracy: fraction,
  /** Mean of the classes' recalls. */
  macroRecall: fraction,
  /** `counts[truth][predicted]`, both in the order of `classes`. */
  confusion: z.strictObject({
    classes: z.array(z.enum(wornStates)).min(2),
    counts: z.array(z.array(z.int().min(0))).min(2),
  }),
});

/** `manifest.json` of a weights folder: all that is needed to run the network, and where it comes from. */
export const manifestSchema = z
  .strictObject({
    /** Version of this format. */
    format: z.literal(1),
    /** What the folder holds. */
    task: z.literal('mask-classifier'),
    /** The folder's name. */
    name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and hyphens'),
    /** Name of the architecture in the lab, for example `cnn-2conv`. */
    architecture: z.string().min(1),
    /**
     * How the filters are stored: `int8` is symmetric with one scale an output channel, the rest of such a folder float16.
     * Absent where nothing but `model.json` says it.
     */
    precision: z.enum(['float16', 'int8']).optional(),
    /** Trainable parameters. */
    parameters: z.int().positive(),
    /** Side of the square input in pixels; the network takes float32 `[n, side, side, 3]`, RGB. */
    inputSize: z.int().min(16).max(512),
    /** What each output stands for, in the order of the outputs. */
    classes: z.array(z.enum(outputClasses)).min(2).max(4),
    /**
     * What the last layer gives: probabilities that sum to 1, numbers to which softmax is still to be applied, or one
     * sigmoid, the probability of the first of two classes.
     */
    output: z.enum(['probabilities', 'logits', 'sigmoid']),
    /** Each channel value v (0..255) enters the network as `(v - mean) / std`. */
    normalisation: z.strictObject({ mean: channels, std: channels }),
    crop: cropSchema,
    thresholds: thresholdsSchema,
    /** sha256 of the files of the folder, verified when they are loaded. */
    files: z.strictObject({ 'model.json': sha256, 'weights.bin': sha256 }),
    /** SPDX identifier of the weights' licence. */
    licence: z.string().min(1),
    /** What it was trained on, one line a source. */
    data: z.array(z.string().min(1)),
    /** How it did on faces kept out of its training, by the largest of the worn states; the card tells more. */
    test: testSchema.optional(),
    /** The command that made it, and when (ISO 8601). */
    created: z.strictObject({ command: z.string().min(1), at: z.iso.datetime() }),
  })
  .superRefine((manifest, context) => {
    const { classes, normalisation, output } = manifest;
    if (new Set(classes).size !== classes.length) {
      context.addIssue({ code: 'custom', path: ['classes'], message: 'must not repeat' });
    }
    if (!classes.includes('mask') || !classes.includes('no_mask')) {
      context.addIssue({ code: 'custom', path: ['classes'], message: 'must hold mask and no_mask' });
    }
    if (output === 'sigmoid' && classes.length !== 2) {
      context.addIssue({
        code: 'custom',
        path: ['classes'],
        message: 'must be two where the output is one sigmoid',
      });
    }
    if (normalisation.std.some((value) => value <= 0)) {
      context.addIssue({ code: 'custom', path: ['normalisation', 'std'], message: 'must be above 0' });
    }
  });

/** The checked content of a `manifest.json`. */
export type Manifest = z.infer<typeof manifestSchema>;
