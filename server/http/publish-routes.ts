import { z } from 'zod';
import type { Access } from '../access/access.js';
import { sees } from '../access/caller.js';
import type { OneTimeLink } from '../access/link-store.js';
import type {
  NewPublishLink,
  PublishCameraList,
  PublishLinkList,
  PublishLinkView,
  RedeemedLink,
} from './access-api.js';
import {
  newPublishLinkSchema,
  publishCameraListSchema,
  publishLinkListSchema,
  redeemedLinkSchema,
} from './access-schemas.js';
import { cameraNotFound } from './camera-not-found.js';
import type { CameraPort } from './camera-routes.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import { cookieOf } from './session-routes.js';

const mostMinutes = 7 * 24 * 60;
const linkInput = z.strictObject({
  cameraId: z.string().min(1).max(40),
  minutes: z.int().min(1).max(mostMinutes).default(60),
});
const redeemRequest = z.strictObject({ token: z.string().min(1).max(100) });
const byId = z.object({ id: z.string() });

/** Who may send a webcam: publishers, and whoever holds a link that an admin made. */
export function publishRoutes(
  { links, visitorOf }: Pick<Access, 'links' | 'visitorOf'>,
  cameras: Pick<CameraPort, 'get' | 'list'>,
  now: () => number,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/publish/cameras',
      summary: 'The webcams that one may send to',
      answer: { status: 200, body: publishCameraListSchema },
      permission: 'publish',
      handle: ({ caller }) => {
        const webcams = cameras.list().filter(({ id, kind }) => kind === 'webcam' && sees(caller, id));
        return ok({ cameras: webcams.map(({ id, name }) => ({ id, name })) } satisfies PublishCameraList);
      },
    }),
    route({
      method: 'get',
      path: '/api/publish-links',
      summary: 'The publish links that there are',
      answer: { status: 200, body: publishLinkListSchema },
      permission: 'admin',
      handle: () => ok({ links: links.list().map(view) } satisfies PublishLinkList),
    }),
    route({
      method: 'post',
      path: '/api/publish-links',
      summary: 'Make a link by which one browser may send one webcam; only this answer tells its address',
      answer: { status: 201, body: newPublishLinkSchema },
      permission: 'admin',
      body: linkInput,
      handle: ({ body: { cameraId, minutes }, caller }) => {
        const camera = (sees(caller, cameraId) ? cameras.get(cameraId) : undefined) ?? cameraNotFound();
        if (camera.kind !== 'webcam') {
          throw new ProblemError(409, 'no-webcam', `${camera.name} is no webcam.`);
        }
        const { link, secret } = links.makePublish(camera.id, caller.name, now() + minutes * 60_000);
        const made: NewPublishLink = { link: view(link), path: `/join#${secret}` };
        return { status: 201, json: made, subject: camera.id };
      },
    }),
    route({
      method: 'delete',
      path: '/api/publish-links/:id',
      summary: 'End a publish link and what is sent by it',
      answer: { status: 204 },
      permission: 'admin',
      params: byId,
      handle: ({ params }) => ({ status: 204, subject: links.remove(params.id).cameraId ?? '' }),
    }),
    route({
      method: 'post',
      path: '/api/publish-links/redeem',
      summary: 'Use a publish link up: the answer sets a cookie by which this browser may send',
      answer: { status: 200, body: redeemedLinkSchema },
      permission: 'public',
      body: redeemRequest,
      handle: ({ body, request }) => {
        const visitor = visitorOf(request);
        const { link, secret, session } = links.redeem(body.token, visitor);
        const camera = cameras.get(link.cameraId ?? '') ?? cameraNotFound();
        const redeemed: RedeemedLink = {
          camera: { id: camera.id, name: camera.name },
          expiresAt: session.endsAt,
        };
        const headers = { 'Set-Cookie': cookieOf(secret, session, visitor) };
        return { ...ok(redeemed), headers, subject: camera.id };
      },
    }),
  ];
}

function view({ id, cameraId = '', createdBy, createdAt, expiresAt, usedAt }: OneTimeLink): PublishLinkView {
  return { id, cameraId, createdBy, createdAt, expiresAt, used: usedAt !== undefined };
}
