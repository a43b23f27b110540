import { ProblemError } from './problem-error.js';

/** @throws ProblemError always; the id is not repeated, so nothing hostile is echoed */
export function cameraNotFound(): never {
  throw new ProblemError(404, 'camera-not-found', 'There is no such camera.');
}
