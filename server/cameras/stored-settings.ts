import { credentialsKept } from '../../streams/camera/camera-address.js';
import { type CameraConfig, parseCamera } from '../../streams/camera/camera-config.js';
import { CameraFieldError } from '../../streams/camera/camera-field-error.js';
import { keepAccess } from '../../streams/secret/keep-access.js';
import type { CameraInput } from '../http/api.js';
import type { StoredCamera } from '../storage/camera-store.js';
import type { CameraPatch } from './camera-desk.js';
import { shownAddress } from './camera-view.js';

/** The address as somebody would type it, credentials included. */
export function typedAddress({ url, access }: Pick<StoredCamera, 'url' | 'access'>): string {
  return access?.reveal() ?? url;
}

/** What was typed with the defaults of the rest; the address is not looked through yet. */
export function storedOf(id: string, input: CameraInput, demo: boolean): StoredCamera {
  const { name, url, transport = 'tcp', loop = false, fps, enabled = true, group, certificate } = input;
  return {
    ...{ id, name, url, transport, loop, enabled, demo },
    ...(fps === undefined ? {} : { fps }),
    ...inGroup(group),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

/**
 * Settings in the form that is stored: looked through, credentials apart, and with an absolute path for a file.
 *
 * @param settings with the address as typed
 * @throws CameraFieldError
 */
export function withAddress(settings: StoredCamera): StoredCamera {
  const { access: earlier, certificate, ...plain } = settings;
  const config = parseCamera({
    ...plain,
    ...(certificate === undefined ? {} : { certificate }),
    url: typedAddress({ url: settings.url, ...(earlier && { access: earlier }) }),
  });
  return { ...plain, ...certificateOf(config), ...addressOf(config) };
}

/** What would have been stored for a camera that runs. */
export function settingsOfConfig(config: CameraConfig): StoredCamera {
  const { id, transport, loop, fps, enabled, demo, group } = config;
  return {
    id,
    transport,
    loop,
    fps,
    enabled,
    demo,
    ...inGroup(group),
    ...certificateOf(config),
    ...addressOf(config),
  };
}

/**
 * Lays a change over stored settings. An address that equals the one shown is unchanged, and `***` for user and password
 * keeps those that are known, for the same server only.
 *
 * @throws CameraFieldError
 */
export function mergeCamera(earlier: StoredCamera, patch: CameraPatch): StoredCamera {
  const { url, name, transport, loop, fps = earlier.fps, enabled, group = earlier.group } = patch;
  const { certificate = earlier.certificate } = patch;
  return withAddress({
    id: earlier.id,
    demo: earlier.demo,
    name: name ?? earlier.name,
    transport: transport ?? earlier.transport,
    loop: loop ?? earlier.loop,
    enabled: enabled ?? earlier.enabled,
    ...(fps === undefined ? {} : { fps }),
    ...inGroup(group),
    ...(certificate === undefined ? {} : { certificate }),
    ...newAddress(earlier, url),
  });
}

/** An empty name takes a camera out of its group. */
function inGroup(group: string | undefined): Pick<StoredCamera, 'group'> {
  const name = group?.trim() ?? '';
  return name === '' ? {} : { group: name };
}

function certificateOf({ certificate }: CameraConfig): Pick<StoredCamera, 'certificate'> {
  return certificate === undefined ? {} : { certificate };
}

function newAddress(earlier: StoredCamera, url: string | undefined): Pick<StoredCamera, 'url' | 'access'> {
  if (url === undefined || (url !== '' && url === shownAddress(earlier))) {
    return { url: earlier.url, ...(earlier.access && { access: earlier.access }) };
  }
  if (!URL.canParse(url) || new URL(url).username !== credentialsKept) return { url };
  const kept = keepAccess(url, earlier);
  if (kept === undefined) {
    throw new CameraFieldError('url', 'names another server: user and password must be given anew');
  }
  return kept;
}

function addressOf({ name, kind, url, access }: CameraConfig): Pick<StoredCamera, 'name' | 'url' | 'access'> {
  return { name, url: kind === 'webcam' ? 'webcam:' : url, ...(access && { access }) };
}
