import { z } from 'zod';
import { rtcSettingsSchema } from './answer-schemas.js';
import type { RtcSettings } from './api.js';
import { cameraNotFound } from './camera-not-found.js';
import type { CameraPort } from './camera-routes.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import type { RtcProtocol, RtcSessions } from './rtc-sessions.js';

/** Characters of an offer, at most; a browser's has a few thousand. */
const longestOffer = 64 * 1024;

const ofCamera = z.object({ camera: z.string() });
const ofSession = z.object({ camera: z.string(), session: z.string() });

/**
 * WHIP (RFC 9725) and WHEP: one POST with an offer and all its candidates, answered with 201, the answer and the
 * session's address; DELETE there ends it.
 */
export function rtcRoutes(
  sessions: RtcSessions,
  cameras: Pick<CameraPort, 'get'>,
  settings: RtcSettings,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/rtc',
      summary: 'What a browser needs for WHIP and WHEP',
      answer: { status: 200, body: rtcSettingsSchema },
      permission: 'known',
      handle: () => ok(settings),
    }),
    ...signalling('whip', sessions, cameras),
    ...signalling('whep', sessions, cameras),
  ];
}

function signalling(protocol: RtcProtocol, sessions: RtcSessions, cameras: Pick<CameraPort, 'get'>): Route[] {
  return [
    route({
      method: 'post',
      path: `/${protocol}/:camera`,
      summary: protocol === 'whip' ? 'Send a webcam (WHIP, RFC 9725)' : 'Watch a camera (WHEP)',
      answer: { status: 201, body: 'application/sdp' },
      permission: protocol === 'whip' ? 'publish' : 'view',
      camera: { in: 'params', field: 'camera' },
      params: ofCamera,
      body: 'sdp',
      handle: async ({ params, body, caller }) => {
        const offer = readOffer(body);
        const camera = cameras.get(params.camera) ?? cameraNotFound();
        if (protocol === 'whep' && camera.countsOnly === true) {
          throw new ProblemError(
            403,
            'counts-only',
            `${camera.name} only counts people: its video is shown to nobody.`,
          );
        }
        try {
          const { id, answerSdp } = await sessions.open(protocol, camera.id, offer, caller);
          return { status: 201, headers: { Location: `/${protocol}/${camera.id}/${id}` }, sdp: answerSdp };
        } catch (error) {
          throw rtcProblem(error) ?? error;
        }
      },
    }),
    route({
      method: 'delete',
      path: `/${protocol}/:camera/:session`,
      summary: protocol === 'whip' ? 'Stop sending' : 'Stop watching',
      answer: { status: 204 },
      permission: protocol === 'whip' ? 'publish' : 'view',
      camera: { in: 'params', field: 'camera' },
      params: ofSession,
      handle: async ({ params, caller }) => {
        if (await sessions.end(protocol, params.camera, params.session, caller)) return { status: 204 };
        throw new ProblemError(404, 'session-not-found', 'There is no such session.');
      },
    }),
  ];
}

function readOffer(body: unknown): string {
  if (typeof body !== 'string' || !body.startsWith('v=0')) {
    throw new ProblemError(400, 'invalid-sdp', 'The body is no session description.');
  }
  if (body.length > longestOffer) throw new ProblemError(413, 'sdp-too-large', 'The offer is too long.');
  return body;
}

/** Statuses of the refusals that cameras and WebRTC give, by the `code` of their errors. */
const statusOfCode = new Map([
  ['sdp-too-large', 413],
  ['invalid-sdp', 400],
  ['unsupported-media', 406],
  ['unsupported-codec', 406],
  ['no-video-yet', 409],
  ['peer-failed', 400],
  ['unknown-camera', 404],
  ['no-webcam', 409],
  ['camera-disabled', 409],
  ['closed', 503],
]);

/** The problem that a refusal means; undefined for an error that is no refusal. */
function rtcProblem(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const status = statusOfCode.get(error.code);
  if (status === undefined) return undefined;
  const retryAfter = error.code === 'no-video-yet' ? 1 : undefined;
  return new ProblemError(status, error.code, error.message, undefined, retryAfter);
}
