import { z } from 'zod';
import { schemaOf } from '../openapi/schema-of.js';
import type {
  Alert,
  AlertEvent,
  AlertPicture,
  CameraEvent,
  CameraView,
  CountsEvent,
  FrameEvent,
  OverlayFace,
  PeopleCounts,
  SubscribeReply,
  Visit,
  VisitEvent,
  ZonesEvent,
} from './events.js';
import type { CameraStatus, VideoFacts } from '../../streams/camera-status.js';

const text = z.string();
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const epochMs = z.int().describe('Epoch milliseconds.');
const label = z.enum(['mask', 'no_mask', 'incorrect', 'unknown']).meta({
  id: 'MaskLabel',
  description: 'The voted state of a person; `unknown` until the evidence suffices.',
});
const compliance = share
  .nullable()
  .describe('mask / (mask + no_mask + incorrect), 0..1; null where nobody has a decided state.');

/** People by state. */
export const peopleCountsSchema = schemaOf<PeopleCounts>()(
  z
    .strictObject({ mask: count, no_mask: count, incorrect: count, unknown: count })
    .meta({ id: 'PeopleCounts', description: 'People by state.' }),
);

const box = z
  .strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .meta({ id: 'Box', description: 'Pixels of the picture; `x`, `y` is the top-left corner.' });

const overlayFace = schemaOf<OverlayFace>()(
  z
    .strictObject({
      trackId: text,
      box,
      label,
      confidence: share,
      confirmed: z.boolean().describe('False while the track is too young to count.'),
    })
    .meta({ id: 'OverlayFace' }),
);

/** The overlay of one frame. */
export const frameEventSchema = schemaOf<FrameEvent>()(
  z
    .strictObject({
      v: z.literal(1),
      cameraId: text,
      rtpTimestamp: z.int().min(0).max(0xffffffff).describe("The frame's RTP timestamp, 90 kHz."),
      width: z.int().min(1),
      height: z.int().min(1),
      faces: z.array(overlayFace),
      latencyMs: z.number().min(0),
    })
    .meta({ id: 'FrameEvent', description: 'The overlay of one analysed frame; volatile, the newest wins.' }),
);

const videoFacts = schemaOf<VideoFacts>()(
  z
    .strictObject({
      width: z.int(),
      height: z.int(),
      fps: z.number().describe('As the stream announces them; 0 where unknown.'),
      cameraCodec: text,
      codec: z.enum(['h264', 'vp8']),
      transcodedBecause: text.exactOptional(),
      privacyAreas: count.exactOptional().describe('Areas that are blacked out for everybody.'),
    })
    .meta({ id: 'VideoFacts' }),
);

/** Where a camera is in its life. */
export const cameraStateSchema = z
  .enum(['connecting', 'live', 'stalled', 'retrying', 'failed', 'stopped'])
  .meta({ id: 'CameraState' });

const cameraStatus = schemaOf<CameraStatus>()(
  z
    .strictObject({
      state: cameraStateSchema,
      reason: text.describe('In plain words; empty while all is well.'),
      reconnects: count,
      nextAttemptAt: epochMs.exactOptional(),
      video: videoFacts.exactOptional(),
    })
    .meta({ id: 'CameraStatus' }),
);

/** A camera as the API and the events show it. */
export const cameraViewSchema = schemaOf<CameraView>()(
  z
    .strictObject({
      id: text,
      name: text,
      kind: z.enum(['rtsp', 'http', 'file', 'webcam']),
      address: text.describe('Without user and password; empty for a webcam.'),
      enabled: z.boolean(),
      demo: z.boolean(),
      transport: z.enum(['tcp', 'udp']),
      loop: z.boolean(),
      fps: z.number().describe('Frames a second to analyse, at most.'),
      group: text.exactOptional().describe('Name that cameras of one place share.'),
      certificate: text
        .exactOptional()
        .describe(
          'Which certificate is taken over TLS, where it is not one of a known authority: any, or sha256:…',
        ),
      countsOnly: z
        .literal(true)
        .exactOptional()
        .describe('The camera only counts: nobody sees its video or where people are.'),
      status: cameraStatus,
    })
    .meta({ id: 'Camera' }),
);

/** One row of the ledger. */
export const visitSchema = schemaOf<Visit>()(
  z
    .strictObject({
      visitId: text,
      cameraId: text,
      firstSeenAt: epochMs,
      lastSeenAt: epochMs,
      state: label,
      confidence: share,
      changes: count.describe('Times the decided state changed.'),
      ended: z.boolean().describe('False while the person is still in view.'),
    })
    .meta({ id: 'Visit', description: "A person's stay in view. Never a picture, never a descriptor." }),
);

const durable = {
  v: z.literal(1),
  cursor: text.describe('Where to resume: give the last one seen to `subscribe`. Opaque.'),
  at: epochMs,
};

/** The counts of a camera changed. */
export const countsEventSchema = schemaOf<CountsEvent>()(
  z
    .strictObject({
      ...durable,
      cameraId: text,
      inView: peopleCountsSchema,
      today: peopleCountsSchema,
      complianceNow: compliance,
      complianceToday: compliance,
    })
    .meta({
      id: 'CountsEvent',
      description: 'The counts of a camera; at most one a second for each camera.',
    }),
);

const visitEventSchema = schemaOf<VisitEvent>()(
  z
    .strictObject({ ...durable, visit: visitSchema })
    .meta({ id: 'VisitEvent', description: "A person's stay began, changed its state or ended." }),
);

const cameraEventSchema = schemaOf<CameraEvent>()(
  z
    .strictObject({
      ...durable,
      change: z.enum(['added', 'changed', 'removed', 'status']),
      camera: cameraViewSchema,
    })
    .meta({ id: 'CameraEvent', description: 'A camera was added, changed, removed or changed its state.' }),
);

/** The figures of what is drawn on a camera's picture. */
export const zonesEventSchema = schemaOf<ZonesEvent>()(
  z
    .strictObject({
      ...durable,
      cameraId: text,
      revision: count.describe('Grows when zones are drawn, changed or removed: read them anew then.'),
      areas: z.array(
        z.strictObject({
          zoneId: text,
          name: text,
          inside: peopleCountsSchema,
          today: peopleCountsSchema,
          complianceNow: compliance,
          complianceToday: compliance,
          meanDwellSeconds: z.number().min(0).nullable(),
        }),
      ),
      lines: z.array(
        z.strictObject({
          zoneId: text,
          name: text,
          forward: peopleCountsSchema,
          backward: peopleCountsSchema,
        }),
      ),
    })
    .meta({
      id: 'ZonesEvent',
      description: 'The figures of areas and lines; at most one a second for each camera.',
    }),
);

const alertPicture = schemaOf<AlertPicture>()(
  z
    .strictObject({
      takenAt: epochMs,
      deletedAt: epochMs.describe('Deleted then at the latest. Epoch milliseconds.'),
      width: z.int().min(1),
      height: z.int().min(1),
      blurred: z.boolean().describe('True where faces were made unrecognisable before it was written.'),
    })
    .meta({ id: 'AlertPicture', description: 'A picture of the moment in which an alert was raised.' }),
);

/** What a rule found wrong at one place. */
export const alertSchema = schemaOf<Alert>()(
  z
    .strictObject({
      alertId: text,
      ruleId: text,
      ruleName: text,
      kind: z.enum(['share-unmasked', 'unmasked-person', 'occupancy', 'camera-down']),
      severity: z.enum(['info', 'warning', 'critical']),
      cameraId: text,
      cameraName: text,
      zoneId: text.exactOptional(),
      zoneName: text.exactOptional(),
      raisedAt: epochMs,
      clearedAt: epochMs.exactOptional(),
      value: z.number().describe('A share of 0..1, people, or seconds without video, by kind.'),
      worst: z.number(),
      limit: z.number(),
      people: peopleCountsSchema,
      quiet: z.boolean().describe('True when it was raised in quiet hours: told to nobody.'),
      acknowledged: z.strictObject({ at: epochMs, by: text, note: text }).exactOptional(),
      picture: alertPicture.exactOptional().describe('Absent where none is kept, or no longer.'),
    })
    .meta({ id: 'Alert', description: 'What a rule found wrong at one place, for as long as it lasted.' }),
);

const alertEventSchema = schemaOf<AlertEvent>()(
  z
    .strictObject({
      ...durable,
      change: z.enum(['raised', 'updated', 'cleared', 'acknowledged', 'pictured']),
      alert: alertSchema,
    })
    .meta({
      id: 'AlertEvent',
      description: 'An alert began, became worse, ended, was acknowledged, or got or lost its picture.',
    }),
);

/** What the server answers to `subscribe`. */
export const subscribeReplySchema = schemaOf<SubscribeReply>()(
  z
    .discriminatedUnion('ok', [
      z.strictObject({
        ok: z.literal(true),
        cursor: text.describe('Where the stream stands now.'),
        replayed: count.describe('Missed durable events that were just sent.'),
        gap: z.boolean().describe('True when events may be missing: read the state afresh by REST.'),
      }),
      z.strictObject({ ok: z.literal(false), error: z.strictObject({ code: text, message: text }) }),
    ])
    .meta({ id: 'SubscribeReply' }),
);

/** The schema of every event that the server sends, by its name. */
export const eventSchemas = {
  frame: frameEventSchema,
  counts: countsEventSchema,
  visit: visitEventSchema,
  camera: cameraEventSchema,
  zones: zonesEventSchema,
  alert: alertEventSchema,
} as const;
