import { z } from 'zod';
import type { OnboardingView } from '../http/onboarding-api.js';
import type { CameraView } from '../realtime/events.js';
import type { FlagStore } from '../storage/flag-store.js';

/** What the desk stands on. */
export interface OnboardingDeskOptions {
  readonly flags: FlagStore;
  readonly cameras: () => readonly Pick<CameraView, 'id' | 'demo'>[];
}

/** Where the first steps after set-up stand; the same for every admin and browser, and over restarts. */
export interface OnboardingDesk {
  get(): OnboardingView;
  set(view: OnboardingView): void;
}

const flag = 'onboarding';
const stored = z.object({
  step: z.enum(['camera', 'zone', 'alert', 'done']),
  cameraId: z.string().exactOptional(),
});

/** Makes the desk. Who has cameras already, as after an upgrade, is not shown how to add one. */
export function createOnboardingDesk({ flags, cameras }: OnboardingDeskOptions): OnboardingDesk {
  return {
    get: () => {
      const text = flags.get(flag);
      if (text === undefined) return { step: cameras().some(({ demo }) => !demo) ? 'done' : 'camera' };
      const { step, ...about } = stored.parse(JSON.parse(text));
      if (step === 'done') return { step };
      const there = cameras().some(({ id }) => id === about.cameraId);
      return there ? { step, ...about } : { step: 'camera' };
    },
    set: (view) => flags.set(flag, JSON.stringify(view)),
  };
}
