import type { CameraStatus } from '../../streams/camera-status.js';
import type { CameraRegistry } from '../../streams/camera/camera-registry.js';

/** Keeps every status of a registry's cameras and lets a test wait for one. */
export class StatusLog {
  readonly entries: (readonly [cameraId: string, status: CameraStatus])[] = [];
  #waiters: (() => void)[] = [];

  constructor(registry: CameraRegistry) {
    registry.onStatus((cameraId, status) => {
      this.entries.push([cameraId, status]);
      for (const check of this.#waiters) check();
    });
  }

  /** States of a camera in order, each with its reason where it has one: "retrying: connection refused". */
  of(cameraId: string): string[] {
    return this.entries
      .filter(([id]) => id === cameraId)
      .map(([, { state, reason }]) => (reason === '' ? state : `${state}: ${reason}`));
  }

  /** The first status from now on (or the current one of `since` entries ago) that fits. */
  until(
    cameraId: string,
    fits: (status: CameraStatus) => boolean,
    since = this.entries.length,
  ): Promise<CameraStatus> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.entries.slice(since).find(([id, status]) => id === cameraId && fits(status));
        if (found === undefined) return;
        this.#waiters = this.#waiters.filter((other) => other !== check);
        resolve(found[1]);
      };
      this.#waiters.push(check);
      check();
    });
  }
}
