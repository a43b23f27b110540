import { z } from 'zod';
import { sees } from '../access/caller.js';
import type { CameraInput, CameraList, ProbeResult } from './api.js';
import { cameraListSchema, probeResultSchema } from './answer-schemas.js';
import { cameraViewSchema } from '../realtime/event-schemas.js';
import type { CameraView } from '../realtime/events.js';
import { cameraNotFound } from './camera-not-found.js';
import { ProblemError } from './problem-error.js';
import { translated } from './translate-camera-errors.js';
import { ok, route, type Route } from './route.js';

/** What the camera routes need of the server. */
export interface CameraPort {
  list(): readonly CameraView[];
  get(id: string): CameraView | undefined;
  add(input: CameraInput): CameraView | Promise<CameraView>;
  /** Undefined when there is no such camera. */
  change(id: string, patch: z.output<typeof cameraPatch>): Promise<CameraView | undefined>;
  /** False when there is no such camera. */
  remove(id: string): Promise<boolean>;
}

/** Looks at an address without adding a camera; never rejects for an address that does not work. */
export type ProbeCamera = (request: ProbeRequest) => Promise<ProbeResult>;

/** What to look at. */
export type ProbeRequest = z.output<typeof probeRequest>;

/** An id as cameras have it. */
export const cameraId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, at most 40');

const url = z.string().min(1).max(2048);
const transport = z.enum(['tcp', 'udp']);
const certificate = z
  .string()
  .max(120)
  .describe('Over TLS: verified by a known authority (where absent or empty), sha256:… for this one, or any');
const settings = {
  name: z.string().trim().min(1).max(80),
  url,
  transport: transport.optional(),
  certificate: certificate.optional(),
  loop: z.boolean().optional(),
  fps: z.number().min(0.2).max(30).optional(),
  enabled: z.boolean().optional(),
  group: z
    .string()
    .trim()
    .max(40)
    .optional()
    .describe('Name that cameras of one place share; empty takes it out of its group'),
};
const cameraInput = z.strictObject({ id: cameraId.optional(), ...settings }).meta({ id: 'CameraInput' });
const cameraPatch = z.strictObject(settings).partial().meta({ id: 'CameraPatch' });
const probeRequest = z
  .strictObject({ url, transport: transport.optional(), certificate: certificate.optional() })
  .meta({ id: 'ProbeRequest' });
/** Any id is looked up: one that no camera can have is simply not found. */
const byId = z.object({ id: z.string() });

/** Probes at once: each is a process and a connection. */
const probesAtOnce = 4;

/** Cameras: list, add, look up, change, remove, and a look at an address before it is saved. */
export function cameraRoutes(cameras: CameraPort, probe: ProbeCamera): Route[] {
  let probing = 0;
  return [
    route({
      method: 'get',
      path: '/api/cameras',
      summary: 'The cameras',
      answer: { status: 200, body: cameraListSchema },
      permission: 'view',
      handle: ({ caller }) =>
        ok({ cameras: cameras.list().filter(({ id }) => sees(caller, id)) } satisfies CameraList),
    }),
    route({
      method: 'post',
      path: '/api/cameras',
      summary: 'Add a camera',
      answer: { status: 201, body: cameraViewSchema },
      permission: 'admin',
      body: cameraInput,
      handle: async ({ body }) => {
        const camera = await cameras.add(defined(body));
        return { status: 201, headers: { Location: `/api/cameras/${camera.id}` }, json: camera };
      },
    }),
    route({
      method: 'post',
      path: '/api/cameras/probe',
      summary: 'Look at an address before it is saved',
      answer: { status: 200, body: probeResultSchema },
      permission: 'admin',
      body: probeRequest,
      handle: async ({ body }) => {
        if (probing >= probesAtOnce) {
          throw new ProblemError(429, 'too-many-probes', 'Other addresses are being tried.', undefined, 5);
        }
        probing++;
        try {
          return ok(await translated(async () => probe(body)));
        } finally {
          probing--;
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/cameras/:id',
      summary: 'One camera',
      answer: { status: 200, body: cameraViewSchema },
      permission: 'view',
      camera: { in: 'params', field: 'id' },
      params: byId,
      handle: ({ params }) => ok(cameras.get(params.id) ?? cameraNotFound()),
    }),
    route({
      method: 'patch',
      path: '/api/cameras/:id',
      summary: 'Change any part of a camera but its id',
      answer: { status: 200, body: cameraViewSchema },
      permission: 'admin',
      camera: { in: 'params', field: 'id' },
      params: byId,
      body: cameraPatch,
      handle: async ({ params, body }) => ok((await cameras.change(params.id, body)) ?? cameraNotFound()),
    }),
    route({
      method: 'delete',
      path: '/api/cameras/:id',
      summary: 'Remove a camera',
      answer: { status: 204 },
      permission: 'admin',
      camera: { in: 'params', field: 'id' },
      params: byId,
      handle: async ({ params }) => ((await cameras.remove(params.id)) ? { status: 204 } : cameraNotFound()),
    }),
  ];
}

/** The input without fields that are present but undefined. */
function defined(input: z.output<typeof cameraInput>): CameraInput {
  const { id, transport: carrier, certificate: rule, loop, fps, enabled, group, ...needed } = input;
  return {
    ...needed,
    ...(id === undefined ? {} : { id }),
    ...(carrier === undefined ? {} : { transport: carrier }),
    ...(rule === undefined ? {} : { certificate: rule }),
    ...(loop === undefined ? {} : { loop }),
    ...(fps === undefined ? {} : { fps }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(group === undefined ? {} : { group }),
  };
}
