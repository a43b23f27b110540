import { z } from 'zod';
import type { AlertRuleInput } from '../http/alert-api.js';
import { schemaOf } from '../openapi/schema-of.js';
import { isTimeZone } from './quiet-hours.js';

const seconds = z.int().min(0).max(86_400, 'must be at most a day, 86400 s');
const share = z.number().min(0).max(1);
const people = z.int().min(0).max(10_000);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00');

const condition = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('share-unmasked'),
      share: share.describe('More than this share of people with a decided state go unmasked.'),
      clearShare: share
        .exactOptional()
        .describe('Cleared at or below it; nine tenths of `share` where absent.'),
      atLeastPeople: people.min(1).describe('At least this many people with a decided state.'),
      windowSeconds: seconds.describe('People of the last so many seconds; 0 for those inside now.'),
      forSeconds: seconds,
    }),
    z.strictObject({ kind: z.literal('unmasked-person'), forSeconds: seconds }),
    z.strictObject({
      kind: z.literal('occupancy'),
      limit: people.describe('More people than this.'),
      clearLimit: people.exactOptional().describe('Cleared at or below it; `limit` where absent.'),
      forSeconds: seconds,
    }),
    z.strictObject({ kind: z.literal('camera-down'), forSeconds: seconds }),
  ])
  .superRefine((found, context) => {
    if (found.kind === 'share-unmasked' && (found.clearShare ?? 0) > found.share) {
      context.addIssue({ code: 'custom', path: ['clearShare'], message: 'must not be above the share' });
    }
    if (found.kind === 'occupancy' && (found.clearLimit ?? 0) > found.limit) {
      context.addIssue({ code: 'custom', path: ['clearLimit'], message: 'must not be above the limit' });
    }
  });

/** The fields of a rule, for its input and its answer. */
export const ruleFields = {
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(80)
    .regex(/^\P{Cc}*$/u, 'must have no control characters'),
  enabled: z.boolean(),
  severity: z.enum(['info', 'warning', 'critical']),
  cameraId: z
    .string()
    .regex(/^(\*|[a-z0-9][a-z0-9-]{0,39})$/, 'must be a camera id, or * for each camera')
    .describe('A camera, or `*` for each camera by itself.'),
  zoneId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be the id of a zone')
    .exactOptional()
    .describe('An area of that camera; the whole picture where absent.'),
  condition,
  incorrectCounts: z.boolean().describe('Whether a mask worn wrong counts as no mask; `unknown` never does.'),
  clearAfterSeconds: seconds,
  cooldownSeconds: seconds,
  quietHours: z
    .strictObject({
      from: time,
      to: time,
      days: z.array(z.int().min(0).max(6)).min(1).max(7).exactOptional().describe('0 is Sunday.'),
      timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Madrid'),
    })
    .exactOptional(),
  digestMinutes: z.int().min(0).max(1440).describe('0 tells at once.'),
  sinks: z.union([z.literal('*'), z.array(z.string().max(64)).max(50)]),
  picture: z
    .boolean()
    .exactOptional()
    .describe('Whether a picture of the moment is kept with its alerts, where the site allows any.'),
};

/** The body of `POST /api/alert-rules` and `PUT /api/alert-rules/:id`. */
export const ruleInput = schemaOf<AlertRuleInput>()(
  z
    .strictObject(ruleFields)
    .refine(({ cameraId, zoneId }) => cameraId !== '*' || zoneId === undefined, {
      path: ['zoneId'],
      message: 'belongs to one camera: choose it',
    })
    .refine(({ condition: { kind }, zoneId }) => kind !== 'camera-down' || zoneId === undefined, {
      path: ['zoneId'],
      message: 'says nothing about whether a camera is down',
    }),
);
