import { z } from 'zod';
import type { OnboardingDesk } from '../onboarding/onboarding-desk.js';
import { schemaOf } from '../openapi/schema-of.js';
import type { CameraPort } from './camera-routes.js';
import { cameraNotFound } from './camera-not-found.js';
import type { OnboardingView } from './onboarding-api.js';
import { ok, route, type Route } from './route.js';

const fields = {
  step: z.enum(['camera', 'zone', 'alert', 'done']).describe('The step to take next.'),
  cameraId: z.string().max(40).exactOptional().describe('The camera that the steps are about.'),
};
const onboardingSchema = schemaOf<OnboardingView>()(
  z.strictObject(fields).meta({ id: 'Onboarding', description: 'Where the first steps after set-up stand.' }),
);
const onboardingChange = z
  .strictObject(fields)
  .meta({ id: 'OnboardingChange', description: 'Where the first steps shall stand.' });

/** Where the first steps after set-up stand, for admins. */
export function onboardingRoutes(desk: OnboardingDesk, cameras: Pick<CameraPort, 'get'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/onboarding',
      summary: 'Where the first steps after set-up stand',
      answer: { status: 200, body: onboardingSchema },
      permission: 'admin',
      handle: () => ok(desk.get()),
    }),
    route({
      method: 'put',
      path: '/api/onboarding',
      summary: 'Go to another of the first steps, or end them',
      answer: { status: 200, body: onboardingSchema },
      permission: 'admin',
      body: onboardingChange,
      handle: ({ body }) => {
        if (body.cameraId !== undefined && cameras.get(body.cameraId) === undefined) cameraNotFound();
        desk.set(body);
        return ok(desk.get());
      },
    }),
  ];
}
