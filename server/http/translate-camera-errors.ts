import { CameraDeskError } from '../cameras/camera-desk.js';
import { CameraError } from '../../streams/camera/camera-error.js';
import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import type { CameraPort } from './camera-routes.js';
import { ProblemError } from './problem-error.js';

/** Wraps cameras so that their refusals are problem documents; other errors pass unchanged. */
export function translateCameraErrors(cameras: CameraPort): CameraPort {
  return {
    list: () => cameras.list(),
    get: (id) => cameras.get(id),
    add: (input) => translated(() => cameras.add(input)),
    change: (id, patch) => translated(() => cameras.change(id, patch)),
    remove: (id) => translated(() => cameras.remove(id)),
  };
}

/**
 * Runs work with cameras.
 *
 * @throws ProblemError for their refusals; other errors pass unchanged
 */
export async function translated<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(error) ?? error;
  }
}

function problemOf(error: unknown): ProblemError | undefined {
  if (error instanceof CameraDeskError) return new ProblemError(409, error.code, error.message);
  if (error instanceof CameraFieldError) {
    return new ProblemError(400, 'invalid-field', error.message, [
      { pointer: `/${error.field}`, detail: error.rule },
    ]);
  }
  if (!(error instanceof CameraError)) return undefined;
  switch (error.code) {
    case 'duplicate-camera':
      return new ProblemError(409, 'camera-exists', error.message);
    case 'unknown-camera':
      return new ProblemError(404, 'camera-not-found', 'There is no such camera.');
    case 'no-webcam':
    case 'camera-disabled':
      return new ProblemError(409, error.code, error.message);
    case 'closed':
      return new ProblemError(503, 'closing', 'The server is stopping.');
  }
}
