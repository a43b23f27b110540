import { z } from 'zod';
import { sees } from '../access/caller.js';
import type { EvidenceDesk } from '../evidence/evidence-desk.js';
import { ProblemError } from './problem-error.js';
import { route, type Route } from './route.js';

/** What the route needs of the server. */
export type PicturePort = Pick<EvidenceDesk, 'cameraOf' | 'read'>;

/** Pictures that are kept with alerts. Each look at one is in the audit log. */
export function pictureRoutes(pictures: PicturePort): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alerts/:id/picture',
      summary: 'The picture of the moment that is kept with an alert; each look is recorded',
      answer: { status: 200, body: 'image/jpeg' },
      permission: 'operate',
      audit: true,
      params: z.object({ id: z.string() }),
      handle: async ({ params: { id }, caller }) => {
        const cameraId = pictures.cameraOf(id);
        const content =
          cameraId !== undefined && sees(caller, cameraId) ? await pictures.read(id) : undefined;
        if (content === undefined) {
          throw new ProblemError(
            404,
            'picture-not-found',
            'No picture is kept with this alert, or no longer.',
          );
        }
        return { status: 200, bytes: { type: 'image/jpeg', content }, subject: `${id} at ${cameraId}` };
      },
    }),
  ];
}
