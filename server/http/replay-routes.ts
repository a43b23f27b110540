import { z } from 'zod';
import { addCounts, complianceOf, nobody, withPeople } from '../ledger/people-counts.js';
import type { Replay, ReplayDesk, ReplayRun } from '../replays/replay-desk.js';
import type { TriedClip } from '../tryout/messages.js';
import { withIds } from '../zones/zone-rules.js';
import { ProblemError } from './problem-error.js';
import { receiveFile } from './receive-upload.js';
import { ok, route, type Route } from './route.js';
import type { ReplayRunView, ReplayView } from './tryout-api.js';
import { refusals } from './tryout-routes.js';
import { replayRunInput, replaySchema } from './tryout-schemas.js';

/** What the routes need of the server. */
export interface ReplayPort {
  readonly desk: Pick<ReplayDesk, 'add' | 'get' | 'run' | 'remove' | 'picture'>;
  /** Name of the classifier that runs now: what a run takes that names none. */
  readonly classifier: () => string;
}

const clips = {
  types: ['video/mp4', 'video/webm', 'video/quicktime', 'video/x-matroska', 'video/mp2t', 'video/x-msvideo'],
  maxBytes: 300e6,
};
const byId = z.object({ id: z.string() });

/** Replays: a clip is uploaded once and run as often as wanted, each time with other settings; it is deleted after an hour. */
export function replayRoutes({ desk, classifier }: ReplayPort): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/replays',
      summary: 'Upload a clip to run with several settings; deleted after an hour',
      answer: { status: 201, body: replaySchema },
      permission: 'operate',
      upload: clips,
      handle: async ({ request }) => {
        const replay = await desk.add((path) => receiveFile(request, path, clips));
        const headers = { Location: `/api/replays/${replay.id}` };
        return { status: 201, headers, json: toView(replay), subject: replay.id };
      },
    }),
    route({
      method: 'get',
      path: '/api/replays/:id',
      summary: 'A clip and its runs',
      answer: { status: 200, body: replaySchema },
      permission: 'operate',
      params: byId,
      handle: ({ params }) => ok(toView(desk.get(params.id) ?? replayNotFound())),
    }),
    route({
      method: 'get',
      path: '/api/replays/:id/picture',
      summary: 'The first picture of a clip, to draw zones on',
      answer: { status: 200, body: 'image/jpeg' },
      permission: 'operate',
      params: byId,
      handle: async ({ params: { id } }) => {
        const content = await desk.picture(id).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          throw new ProblemError(409, 'undecodable', `The clip gives no picture: ${reason}`);
        });
        return { status: 200, bytes: { type: 'image/jpeg', content: content ?? replayNotFound() } };
      },
    }),
    route({
      method: 'post',
      path: '/api/replays/:id/runs',
      summary: 'Run a clip with these settings; the same settings give the same answer',
      answer: { status: 202, body: replaySchema },
      permission: 'operate',
      params: byId,
      body: replayRunInput,
      handle: ({ params, body }) =>
        refusals(async () => {
          const { zones, ...asked } = body;
          const run = {
            ...{ ...asked, classifier: body.classifier ?? classifier() },
            ...(zones && { zones: withIds(zones) }),
          };
          return { status: 202, json: toView((await desk.run(params.id, run)) ?? replayNotFound()) };
        }),
    }),
    route({
      method: 'delete',
      path: '/api/replays/:id',
      summary: 'Delete a clip and its runs now',
      answer: { status: 204 },
      permission: 'operate',
      params: byId,
      handle: async ({ params }) => ((await desk.remove(params.id)) ? { status: 204 } : replayNotFound()),
    }),
  ];
}

function replayNotFound(): never {
  throw new ProblemError(404, 'replay-not-found', 'There is no such clip, or its hour is over.');
}

function toView({ id, expiresAt, runs }: Replay): ReplayView {
  return { id, expiresAt, runs: runs.map(runView) };
}

function runView({ result, ...run }: ReplayRun): ReplayRunView {
  return result === undefined ? run : { ...run, result: resultView(result) };
}

function resultView({ frames, lengthMs, people, zones }: TriedClip): NonNullable<ReplayRunView['result']> {
  const counts = people.reduce((sum, { state }) => addCounts(sum, withPeople(nobody, state, 1)), nobody);
  return {
    ...{ frames, lengthMs, people, counts, compliance: complianceOf(counts) },
    zones: zones.map((zone) =>
      zone.kind === 'area' ? { ...zone, compliance: complianceOf(zone.people) } : zone,
    ),
  };
}
