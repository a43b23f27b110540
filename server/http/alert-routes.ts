import { z } from 'zod';
import { type Caller, sees } from '../access/caller.js';
import type { AlertDesk } from '../alerts/alert-desk.js';
import { ruleFields, ruleInput } from '../alerts/rule-schema.js';
import { schemaOf } from '../openapi/schema-of.js';
import { alertSchema } from '../realtime/event-schemas.js';
import type { AlertStore } from '../storage/alert-store.js';
import type { AlertPage, AlertRule, AlertRuleInput, AlertRuleList } from './alert-api.js';
import { cameraId, type CameraPort } from './camera-routes.js';
import { formatPageCursor, pageCursor } from './page-cursor.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import type { ZoneList } from './zone-api.js';

/** What the alert routes need of the server. */
export interface AlertPort {
  readonly desk: Pick<AlertDesk, 'rules' | 'addRule' | 'changeRule' | 'removeRule' | 'acknowledge'>;
  readonly alerts: Pick<AlertStore, 'list' | 'get' | 'countUnseen'>;
  readonly cameras: Pick<CameraPort, 'get'>;
  readonly zones: (cameraId: string) => ZoneList;
}

const ruleSchema = schemaOf<AlertRule>()(
  z.strictObject({ ruleId: z.string(), ...ruleFields }).meta({ id: 'AlertRule' }),
);
const ruleListSchema = schemaOf<AlertRuleList>()(
  z.strictObject({ rules: z.array(ruleSchema) }).meta({ id: 'AlertRuleList' }),
);
const alertPageSchema = schemaOf<AlertPage>()(
  z
    .strictObject({
      alerts: z.array(alertSchema),
      unseen: z.int().min(0).describe('Alerts that nobody has acknowledged.'),
      next: z.string().exactOptional().describe('Give it as `after` for the next page.'),
    })
    .meta({ id: 'AlertPage' }),
);

const byId = z.object({ id: z.string() });
const alertQuery = z.strictObject({
  camera: cameraId.optional(),
  severity: z.enum(['info', 'warning', 'critical']).optional(),
  state: z.enum(['open', 'cleared', 'unseen']).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number')
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50),
  after: pageCursor.optional(),
});
const acknowledgement = z.strictObject({
  note: z.string().trim().max(500, 'must be at most 500 characters').default(''),
});

/** The inbox, and the rules that fill it. */
export function alertRoutes(port: AlertPort): Route[] {
  return [...inboxRoutes(port), ...ruleRoutes(port)];
}

function inboxRoutes({ desk, alerts }: AlertPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alerts',
      summary: 'Alerts, the newest first, page by page',
      answer: { status: 200, body: alertPageSchema },
      permission: 'view',
      camera: { in: 'query', field: 'camera' },
      query: alertQuery,
      handle: ({ query: { camera, severity, state, limit, after }, caller }) => {
        const seen = caller.cameras === undefined ? undefined : [...caller.cameras];
        const cameras = camera === undefined ? seen : [camera];
        // One more than asked for tells whether there is another page.
        const found = alerts.list({
          limit: limit + 1,
          ...(cameras === undefined ? {} : { cameras }),
          ...(severity === undefined ? {} : { severity }),
          ...(state === undefined ? {} : { state }),
          ...(after === undefined ? {} : { after: { raisedAt: after.at, alertId: after.id } }),
        });
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const more = found.length > limit && last !== undefined;
        const next = more ? { next: formatPageCursor({ at: last.raisedAt, id: last.alertId }) } : {};
        return ok({ alerts: page, unseen: alerts.countUnseen(seen), ...next } satisfies AlertPage);
      },
    }),
    route({
      method: 'post',
      path: '/api/alerts/:id/acknowledge',
      summary: 'Say that somebody has seen to an alert, with a note',
      answer: { status: 200, body: alertSchema },
      permission: 'operate',
      params: byId,
      body: acknowledgement,
      handle: ({ params: { id }, body: { note }, caller }) => {
        const known = alerts.get(id);
        if (known === undefined || !sees(caller, known.cameraId)) alertNotFound();
        return ok(desk.acknowledge(id, caller.name, note) ?? alertNotFound());
      },
    }),
  ];
}

function ruleRoutes({ desk, cameras, zones }: AlertPort): Route[] {
  const checked = (input: AlertRuleInput): AlertRuleInput => {
    const { cameraId: camera, zoneId } = input;
    if (camera !== '*' && cameras.get(camera) === undefined) broken('/cameraId', 'is no camera');
    const zone = zones(camera).zones.find(({ id }) => id === zoneId);
    if (zoneId !== undefined && zone?.kind !== 'area') broken('/zoneId', 'is no area of this camera');
    return input;
  };
  return [
    route({
      method: 'get',
      path: '/api/alert-rules',
      summary: 'The alert rules',
      answer: { status: 200, body: ruleListSchema },
      permission: 'view',
      handle: ({ caller }) => ok({ rules: desk.rules().filter((rule) => seesRule(caller, rule)) }),
    }),
    route({
      method: 'post',
      path: '/api/alert-rules',
      summary: 'Add an alert rule',
      answer: { status: 201, body: ruleSchema },
      permission: 'admin',
      body: ruleInput,
      handle: ({ body }) => {
        const rule = desk.addRule(checked(body));
        if (rule === undefined)
          throw new ProblemError(409, 'too-many-rules', 'There are too many rules already.');
        return { status: 201, json: rule };
      },
    }),
    route({
      method: 'put',
      path: '/api/alert-rules/:id',
      summary: 'Replace an alert rule; the alerts it raised end',
      answer: { status: 200, body: ruleSchema },
      permission: 'admin',
      params: byId,
      body: ruleInput,
      handle: ({ params: { id }, body }) => ok(desk.changeRule(id, checked(body)) ?? ruleNotFound()),
    }),
    route({
      method: 'delete',
      path: '/api/alert-rules/:id',
      summary: 'Remove an alert rule; the alerts it raised end',
      answer: { status: 204 },
      permission: 'admin',
      params: byId,
      handle: ({ params: { id } }) => (desk.removeRule(id) ? { status: 204 } : ruleNotFound()),
    }),
  ];
}

function seesRule(caller: Caller, rule: AlertRule): boolean {
  return rule.cameraId === '*' || sees(caller, rule.cameraId);
}

function broken(pointer: string, detail: string): never {
  throw new ProblemError(400, 'invalid-field', `${pointer}: ${detail}`, [{ pointer, detail }]);
}

function alertNotFound(): never {
  throw new ProblemError(404, 'alert-not-found', 'There is no such alert.');
}

function ruleNotFound(): never {
  throw new ProblemError(404, 'rule-not-found', 'There is no such rule.');
}
