import { z } from 'zod';
import {
  dropReasons,
  type AnalysisEffort,
  type EngineFacts,
  type FrameAccount,
} from '../analysis/messages.js';
import { schemaOf } from '../openapi/schema-of.js';
import {
  cameraStateSchema,
  cameraViewSchema,
  countsEventSchema,
  peopleCountsSchema,
  visitSchema,
} from '../realtime/event-schemas.js';
import type {
  CameraList,
  CountsHistory,
  CountsNow,
  Health,
  ModelList,
  ModelView,
  Problem,
  ProbeResult,
  RtcSettings,
  VisitPage,
} from './api.js';

const text = z.string();
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const epochMs = z.int().describe('Epoch milliseconds.');

/** Every error of the API. */
export const problemSchema = schemaOf<Problem>()(
  z
    .strictObject({
      type: text,
      title: text,
      status: z.int().min(400).max(599),
      detail: text.describe('One sentence for people.'),
      code: text.describe('Stable, for programs: `camera-not-found`, `invalid-field` …'),
      requestId: text
        .exactOptional()
        .describe('Also in the header X-Request-Id and in the log of the server.'),
      errors: z
        .array(z.strictObject({ pointer: text, detail: text }))
        .exactOptional()
        .describe('One entry for each bad field: a JSON pointer and the rule it breaks.'),
    })
    .meta({ id: 'Problem', description: 'RFC 9457 problem document.' }),
);

const frameAccount = schemaOf<FrameAccount>()(
  z
    .strictObject({
      received: count,
      processed: count,
      dropped: z.record(z.enum(dropReasons), count),
      lost: count,
      waiting: count,
    })
    .meta({
      id: 'FrameAccount',
      description: 'received = processed + dropped (all reasons) + lost + waiting',
    }),
);

const analysisEffort = schemaOf<AnalysisEffort>()(
  z
    .strictObject({
      effectiveFps: z.number().describe('Frames a second that there is time for now.'),
      unmoved: count.describe('Processed frames not searched for faces, as nothing had moved.'),
      faces: count.describe('Faces found.'),
      classified: count.describe('Those of them that were classified; the others were known.'),
    })
    .meta({ id: 'AnalysisEffort' }),
);

const engineFacts = schemaOf<EngineFacts>()(
  z
    .strictObject({
      backend: z.enum(['tensorflow', 'wasm']),
      tensorflow: text.exactOptional(),
      oneDnn: z.boolean(),
      threads: z.int(),
      detector: text,
      classifier: text,
    })
    .meta({ id: 'EngineFacts' }),
);

/** `GET /api/health` */
export const healthSchema = schemaOf<Health>()(
  z
    .strictObject({
      status: z.enum(['ok', 'degraded']),
      problems: z.array(text).describe('What is wrong, each in one sentence with a remedy.'),
      version: text,
      uptimeSeconds: count,
      engine: engineFacts.exactOptional(),
      analysis: z.array(
        z.strictObject({
          pid: z.int(),
          state: z.enum(['starting', 'ready', 'restarting', 'degraded']),
          restarts: count,
          cameras: z.array(text),
          rssBytes: count,
          tensors: count,
          classifier: text.exactOptional(),
        }),
      ),
      cameras: z.array(
        z.strictObject({
          id: text,
          state: cameraStateSchema,
          analysedFps: z.number(),
          latencyMs: z.strictObject({ p50: z.number(), p95: z.number() }),
          frames: frameAccount,
          effort: analysisEffort,
          viewers: count,
        }),
      ),
      eventLoopP99Ms: z.number(),
      rssBytes: count,
    })
    .meta({ id: 'Health' }),
);

/** `GET /api/cameras` */
export const cameraListSchema = schemaOf<CameraList>()(
  z.strictObject({ cameras: z.array(cameraViewSchema) }).meta({ id: 'CameraList' }),
);

/** `POST /api/cameras/probe` */
export const probeResultSchema = schemaOf<ProbeResult>()(
  z
    .strictObject({
      ok: z.boolean(),
      summary: text.describe('One line for people.'),
      width: z.int().exactOptional(),
      height: z.int().exactOptional(),
      fps: z.number().exactOptional(),
      codec: text.exactOptional(),
      transcodedBecause: text.exactOptional(),
    })
    .meta({ id: 'ProbeResult' }),
);

/** `GET /api/counts/now` */
export const countsNowSchema = schemaOf<CountsNow>()(
  z
    .strictObject({
      cursor: text.describe('The place in the log of events at which these counts were true.'),
      cameras: z.array(countsEventSchema),
    })
    .meta({ id: 'CountsNow' }),
);

/** `GET /api/counts` and `GET /api/counts.json` */
export const countsHistorySchema = schemaOf<CountsHistory>()(
  z
    .strictObject({
      from: epochMs,
      to: epochMs,
      bucket: z.enum(['minute', 'hour', 'day']),
      buckets: z
        .array(
          z.strictObject({
            at: epochMs,
            cameraId: text,
            people: peopleCountsSchema,
            compliance: share.nullable(),
            interval: z
              .tuple([share, share])
              .nullable()
              .describe('In which compliance lies with 95 % confidence, given so many people.'),
            occupancyMean: z
              .number()
              .min(0)
              .nullable()
              .describe('Mean number of people in the picture at once.'),
            occupancyMax: z.int().min(0).nullable().describe('Most people in the picture at once.'),
            watchedSeconds: z.number().min(0).describe('Seconds in which the camera was live.'),
          }),
        )
        .describe('Only buckets in which a camera was watched; a gap is a gap, not a zero.'),
    })
    .meta({ id: 'CountsHistory' }),
);

/** `GET /api/visits` */
export const visitPageSchema = schemaOf<VisitPage>()(
  z
    .strictObject({
      visits: z.array(visitSchema),
      next: text.exactOptional().describe('Give it as `after` for the next page; absent on the last one.'),
    })
    .meta({ id: 'VisitPage' }),
);

const model = schemaOf<ModelView>()(
  z
    .strictObject({
      name: text,
      origin: z.enum(['shipped', 'installed']),
      active: z.boolean(),
      problem: text.exactOptional(),
      facts: z
        .strictObject({
          architecture: text,
          parameters: count,
          inputSize: z.int(),
          classes: z.array(text),
          licence: text,
          data: z.array(text),
          createdAt: text,
          command: text,
        })
        .exactOptional(),
      test: z
        .strictObject({
          faces: count,
          accuracy: share,
          macroRecall: share,
          confusion: z.strictObject({ classes: z.array(text), counts: z.array(z.array(z.number())) }),
        })
        .exactOptional(),
      card: text.exactOptional().describe('Markdown; not to be trusted.'),
    })
    .meta({ id: 'Model' }),
);

/** `GET /api/models` */
export const modelListSchema = schemaOf<ModelList>()(
  z
    .strictObject({
      models: z.array(model),
      active: text,
      history: z.array(z.strictObject({ name: text, since: epochMs.exactOptional() })),
    })
    .meta({ id: 'ModelList' }),
);

/** `GET /api/rtc` */
export const rtcSettingsSchema = schemaOf<RtcSettings>()(
  z
    .strictObject({
      iceServers: z.array(
        z.strictObject({
          urls: z.array(text),
          username: text.exactOptional(),
          credential: text.exactOptional(),
        }),
      ),
      playoutDelayMs: z.number(),
    })
    .meta({ id: 'RtcSettings' }),
);
