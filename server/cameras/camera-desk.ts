import type { Camera, CameraRegistry } from '../../streams/camera/camera-registry.js';
import { type CameraConfig, parseCamera } from '../../streams/camera/camera-config.js';
import type { Secret } from '../../streams/secret/secret.js';
import type { CameraInput } from '../http/api.js';
import type { CameraEvent, CameraView } from '../realtime/events.js';
import type { CameraStore, StoredCamera } from '../storage/camera-store.js';
import type { Journal } from '../storage/journal.js';
import { makeCameraId } from './camera-id.js';
import { cameraViewOf } from './camera-view.js';
import { mergeCamera, settingsOfConfig, storedOf, typedAddress, withAddress } from './stored-settings.js';

/** Why a camera could not be added or changed. */
export type CameraDeskErrorCode = 'camera-exists' | 'too-many-cameras' | 'camera-in-config';

/** The cameras do not allow this change; the message says why. */
export class CameraDeskError extends Error {
  override readonly name = 'CameraDeskError';

  constructor(
    readonly code: CameraDeskErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Any part of a camera's settings but its id. */
export type CameraPatch = { readonly [Key in keyof Omit<CameraInput, 'id'>]?: CameraInput[Key] | undefined };

/** A camera of the configuration or the command line. */
export type FixedCamera = CameraInput & { readonly id: string };

/** What a desk stands on. */
export interface CameraDeskOptions {
  readonly registry: Pick<CameraRegistry, 'add' | 'change' | 'remove' | 'get' | 'list' | 'onStatus'>;
  readonly store: CameraStore;
  readonly journal: Pick<Journal, 'append'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Frames a second to analyse where a camera does not say. */
  readonly defaultFps: number;
  /** Areas of a camera that nobody may see; none where absent. */
  readonly privacyOf?: (cameraId: string) => CameraConfig['privacy'];
  /** Whether nobody may see a camera, as it only counts; no camera where absent. */
  readonly countsOnly?: (cameraId: string) => boolean;
  /** Cameras at most: 256. */
  readonly maxCameras?: number;
  /** Called when a camera was added or its settings changed. */
  readonly onChanged?: (cameraId: string) => void;
  /** Called when a camera is gone for good, so that who keeps books of it can close them. */
  readonly onRemoved?: (cameraId: string) => void;
  /** Told of every camera's credentials before it is opened, so that they can be kept out of what is written. */
  readonly onSecret?: (cameraId: string, access: Secret | undefined) => void;
}

/** The one place where cameras are added, changed and removed: settings are kept, streams started, events told. */
export interface CameraDesk {
  /** Starts the stored cameras that no camera of the configuration stands in front of. Call it once. */
  restore(): void;
  /**
   * Adds a camera of the configuration or the command line: it is not stored and cannot be changed here.
   *
   * @throws CameraFieldError, CameraDeskError
   */
  addFixed(input: CameraInput): CameraView;
  /**
   * Makes the cameras of the configuration these. Only those that differ are touched; stored cameras that were hidden come
   * back. Resolves with what could not be used.
   */
  setFixed(inputs: readonly FixedCamera[]): Promise<readonly Error[]>;
  /** Takes another default frame rate up, for the cameras that do not say one. */
  setDefaultFps(fps: number): Promise<void>;
  /** @throws CameraFieldError, CameraDeskError */
  add(input: CameraInput, options?: { readonly demo?: boolean }): CameraView;
  /**
   * Changes a part of the settings. `***` for user and password in an address keeps those that are known.
   *
   * @returns undefined when there is no such camera
   * @throws CameraFieldError, CameraDeskError
   */
  change(id: string, patch: CameraPatch): Promise<CameraView | undefined>;
  /** Brings the camera's privacy areas into force; resolves when no picture without them is shown any more. */
  applyPrivacy(id: string): Promise<void>;
  /** Tells a camera as it is now, after something changed that its settings do not say. */
  retell(id: string): void;
  /** @returns false when there is no such camera; @throws CameraDeskError */
  remove(id: string): Promise<boolean>;
  get(id: string): CameraView | undefined;
  list(): readonly CameraView[];
  /** Stops telling status changes; idempotent. The registry stays. */
  close(): void;
}

/** Makes the desk over a registry and a store. */
export function createCameraDesk(options: CameraDeskOptions): CameraDesk {
  const { registry, store, journal, now, maxCameras = 256, onChanged, onRemoved, onSecret } = options;
  const fixed = new Map<string, CameraInput>();
  let defaultFps = options.defaultFps;

  const { privacyOf = () => [] } = options;
  const parsed = (stored: StoredCamera): CameraConfig => {
    const { fps = defaultFps, id } = stored;
    const config = parseCamera({ ...stored, url: typedAddress(stored), fps, privacy: privacyOf(id) });
    onSecret?.(id, config.access);
    return config;
  };

  const { countsOnly = () => false } = options;
  const viewOf = (camera: Camera): CameraView => ({
    ...cameraViewOf(camera.config, camera.status),
    ...(countsOnly(camera.config.id) ? { countsOnly: true } : {}),
  });
  const tell = (change: CameraEvent['change'], camera: CameraView): void =>
    journal.append('camera', camera.id, now(), { change, camera });
  const refuseFixed = (id: string): void => {
    if (!fixed.has(id)) return;
    throw new CameraDeskError(
      'camera-in-config',
      'This camera comes from the configuration or the command line; change it there.',
    );
  };

  const start = (stored: StoredCamera): CameraView => {
    const camera = registry.add(parsed(stored));
    const view = viewOf(camera);
    onChanged?.(view.id);
    tell('added', view);
    return view;
  };

  const settingsOf = (input: CameraInput, demo: boolean): StoredCamera => {
    if (registry.list().length >= maxCameras) {
      throw new CameraDeskError('too-many-cameras', `There are ${maxCameras} cameras already.`);
    }
    const id = input.id ?? makeCameraId(input.name, (taken) => registry.get(taken) !== undefined);
    if (registry.get(id) !== undefined) {
      throw new CameraDeskError('camera-exists', `There is a camera ${id} already.`);
    }
    return withAddress(storedOf(id, input, demo));
  };

  const restart = async (id: string, settings: StoredCamera): Promise<CameraView> => {
    const view = viewOf(await registry.change(parsed(settings)));
    onChanged?.(id);
    tell('changed', view);
    return view;
  };

  const stop = async (id: string): Promise<boolean> => {
    const camera = registry.get(id);
    if (camera === undefined) return false;
    const last = viewOf(camera);
    // Two removals at once: only the one that did it tells.
    if (!(await registry.remove(id))) return false;
    onSecret?.(id, undefined);
    onRemoved?.(id);
    tell('removed', { ...last, status: { state: 'stopped', reason: 'removed', reconnects: 0 } });
    return true;
  };

  const restore = (): void => {
    for (const stored of store.list()) {
      if (registry.get(stored.id) === undefined) start(stored);
    }
  };

  const unsubscribe = registry.onStatus((id) => {
    const camera = registry.get(id);
    if (camera !== undefined) tell('status', viewOf(camera));
  });

  return {
    restore,
    addFixed: (input) => {
      const settings = settingsOf(input, false);
      fixed.set(settings.id, input);
      return start(settings);
    },
    setFixed: async (inputs) => {
      const refused: Error[] = [];
      const wanted = new Map(inputs.map((input) => [input.id, input]));
      for (const id of [...fixed.keys()].filter((one) => !wanted.has(one))) {
        fixed.delete(id);
        await stop(id);
      }
      for (const [id, input] of wanted) {
        const before = fixed.get(id);
        if (JSON.stringify(before) === JSON.stringify(input)) continue;
        try {
          if (before !== undefined) await restart(id, withAddress(storedOf(id, input, false)));
          else {
            withAddress(storedOf(id, input, false));
            await stop(id);
            start(settingsOf(input, false));
          }
          fixed.set(id, input);
        } catch (error) {
          refused.push(error instanceof Error ? error : new Error(String(error)));
        }
      }
      restore();
      return refused;
    },
    setDefaultFps: async (fps) => {
      defaultFps = fps;
      const free = [
        ...store.list(),
        ...[...fixed].map(([id, input]) => withAddress(storedOf(id, input, false))),
      ];
      for (const stored of free) {
        if (stored.fps === undefined && registry.get(stored.id) !== undefined)
          await restart(stored.id, stored);
      }
    },
    add: (input, { demo = false } = {}) => {
      const settings = settingsOf(input, demo);
      store.put(settings, now());
      return start(settings);
    },
    change: async (id, patch) => {
      const camera = registry.get(id);
      if (camera === undefined) return undefined;
      refuseFixed(id);
      const stored = store.list().find((candidate) => candidate.id === id);
      const changed = mergeCamera(stored ?? settingsOfConfig(camera.config), patch);
      // Refused settings must not be stored.
      parsed(changed);
      store.put(changed, now());
      return restart(id, changed);
    },
    applyPrivacy: async (id) => {
      const camera = registry.get(id);
      if (camera === undefined) return;
      const view = viewOf(await registry.change({ ...camera.config, privacy: privacyOf(id) }));
      tell('changed', view);
    },
    retell: (id) => {
      const camera = registry.get(id);
      if (camera !== undefined) tell('changed', viewOf(camera));
    },
    remove: async (id) => {
      if (registry.get(id) === undefined) return false;
      refuseFixed(id);
      store.remove(id);
      return stop(id);
    },
    get: (id) => {
      const camera = registry.get(id);
      return camera === undefined ? undefined : viewOf(camera);
    },
    list: () => registry.list().map(viewOf),
    close: unsubscribe,
  };
}
