// Made from server/http/onboarding-api.ts by "npm run interfaces"; change it there.

/** The steps after set-up, in their order, and their end. */
export type OnboardingStep = 'camera' | 'zone' | 'alert' | 'done';

/** `GET` and `PUT /api/onboarding`: where the first steps after set-up stand. */
export interface OnboardingView {
  /** The step to take next; `done` also where it was dismissed. */
  readonly step: OnboardingStep;
  /** The camera that the steps are about; absent until there is one. */
  readonly cameraId?: string;
}
