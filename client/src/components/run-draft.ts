import type { ReplayRunInput } from '../../../server/http/tryout-api.js';

/** The form of a run, as it is typed. */
export interface RunDraft {
  readonly fps: string;
  readonly frameSide: string;
  readonly minScore: string;
  readonly detector: string;
  readonly classifier: string;
}

/** The face detectors that a clip can be run with. */
export const detectors = ['maskwatch-h', 'face-api-ssd', 'face-api-tiny'] as const;

/** What the form begins with: what the server analyses cameras with where nothing is said. */
export function firstDraft(classifier: string): RunDraft {
  return { fps: '10', frameSide: '640', minScore: '', detector: detectors[0], classifier };
}

/** The run that a form asks for; the server judges the numbers. */
export function runOf(draft: RunDraft): ReplayRunInput {
  return {
    fps: Number(draft.fps),
    frameSide: Number(draft.frameSide),
    ...(draft.minScore.trim() !== '' && { minScore: Number(draft.minScore) }),
    detector: draft.detector,
    classifier: draft.classifier,
  };
}
