import { z } from 'zod';
import { schemaOf } from '../openapi/schema-of.js';
import { peopleCountsSchema } from '../realtime/event-schemas.js';
import { zoneListInput } from '../zones/zone-rules.js';
import type {
  ReplayRunRequest,
  ReplayRunView,
  ReplayView,
  ReplayZoneView,
  TriedPictureView,
} from './tryout-api.js';
import { zoneSchema } from './zone-routes.js';

const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0);
const label = z.enum(['mask', 'no_mask', 'incorrect', 'unknown']);
const detector = z.enum(['maskwatch-h', 'face-api-ssd', 'face-api-tiny']);

/** What was found on a picture. */
export const triedPictureSchema = schemaOf<TriedPictureView>()(
  z
    .strictObject({
      width: z.int().min(1),
      height: z.int().min(1),
      faces: z.array(
        z.strictObject({
          box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
          score: share,
          label,
          probabilities: z.strictObject({ mask: share, no_mask: share, incorrect: share }),
          reject: share,
        }),
      ),
      milliseconds,
      shown: z.string().describe('The picture as it was judged: JPEG of at most 1600 pixels, base64.'),
      detector: z.string(),
      classifier: z.string(),
    })
    .meta({ id: 'TriedPicture' }),
);

/** The settings of a run, as they are sent. */
export const replayRunInput = z
  .strictObject({
    fps: z.number().min(0.2).max(30).default(10),
    frameSide: z.int().min(128).max(1920).default(640),
    minScore: z.number().gt(0).lt(1).exactOptional(),
    detector: detector.default('maskwatch-h'),
    classifier: z.string().min(1).max(100).exactOptional(),
    zones: zoneListInput
      .refine((zones) => zones.every(({ kind }) => kind !== 'privacy'), 'must be areas and lines only')
      .exactOptional()
      .describe('Areas and lines to count by.'),
  })
  .meta({ id: 'ReplayRunInput' });

const runRequest = schemaOf<ReplayRunRequest>()(
  z.strictObject({
    fps: z.number(),
    frameSide: z.int(),
    minScore: z.number().exactOptional(),
    detector: z.string(),
    classifier: z.string(),
    zones: z.array(zoneSchema).exactOptional(),
  }),
);

const zoneResult = schemaOf<ReplayZoneView>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('area'),
      zoneId: z.string(),
      name: z.string(),
      people: peopleCountsSchema,
      compliance: share.nullable(),
    }),
    z.strictObject({
      kind: z.literal('line'),
      zoneId: z.string(),
      name: z.string(),
      forward: peopleCountsSchema,
      backward: peopleCountsSchema,
    }),
  ]),
);

const run = schemaOf<ReplayRunView>()(
  z
    .strictObject({
      request: runRequest,
      state: z.enum(['waiting', 'done', 'failed']),
      atMs: milliseconds,
      problem: z.string().exactOptional(),
      result: z
        .strictObject({
          frames: z.int().min(0),
          lengthMs: milliseconds,
          counts: peopleCountsSchema,
          compliance: share.nullable(),
          zones: z.array(zoneResult),
          people: z.array(
            z.strictObject({
              trackId: z.string(),
              firstSeenMs: milliseconds,
              lastSeenMs: milliseconds,
              state: label,
              confidence: share,
            }),
          ),
        })
        .exactOptional(),
    })
    .meta({ id: 'ReplayRun' }),
);

/** A clip and its runs. */
export const replaySchema = schemaOf<ReplayView>()(
  z
    .strictObject({ id: z.string(), expiresAt: z.int().describe('Epoch milliseconds.'), runs: z.array(run) })
    .meta({ id: 'Replay' }),
);
