import type { CameraInput } from '../../../server/http/api.js';
import type { CameraView } from '../../../server/realtime/events.js';

/** What stands in the form; all of it text and ticks, as typed. */
export interface CameraDraft {
  readonly name: string;
  /** Empty when editing: the present address is kept. */
  readonly url: string;
  readonly transport: 'tcp' | 'udp';
  /** Over TLS: empty for one of a known authority, a fingerprint, or `any`. */
  readonly certificate: string;
  readonly loop: boolean;
  readonly fps: string;
  readonly enabled: boolean;
  /** Empty for none. */
  readonly group: string;
}

/** Frames a second that the form offers for a new camera. */
const usualFps = 10;
/** What the server takes. */
const leastFps = 0.2;
const mostFps = 30;

/** The form's first content. */
export function draftOf(camera: CameraView | undefined): CameraDraft {
  return {
    name: camera?.name ?? '',
    url: '',
    transport: camera?.transport ?? 'tcp',
    certificate: camera?.certificate ?? '',
    loop: camera?.loop ?? true,
    fps: String(camera?.fps ?? usualFps),
    enabled: camera?.enabled ?? true,
    group: camera?.group ?? '',
  };
}

/** True where the address is of an RTSP camera, whose packets may come over TCP or UDP. */
export function isRtsp(url: string): boolean {
  return /^rtsps?:\/\//i.test(url.trim());
}

/** True where the address is of a camera that speaks TLS and so shows a certificate. */
export function isTls(url: string): boolean {
  return /^(?:rtsps|https):\/\//i.test(url.trim());
}

/** True where the address is of something that has an end. */
export function mayEnd(url: string): boolean {
  return url.trim() !== '' && !isRtsp(url) && !url.startsWith('webcam:');
}

/** The name of the field that cannot be right, if one is not. */
export function wrongField(draft: CameraDraft, adding: boolean): 'name' | 'url' | 'fps' | undefined {
  if (draft.name.trim() === '') return 'name';
  if (adding && draft.url.trim() === '') return 'url';
  const fps = Number(draft.fps);
  return fps >= leastFps && fps <= mostFps ? undefined : 'fps';
}

/** What is sent to add a camera. */
export function inputOf(draft: CameraDraft): CameraInput {
  const url = draft.url.trim();
  return {
    name: draft.name.trim(),
    url,
    fps: Number(draft.fps),
    enabled: draft.enabled,
    ...(draft.group.trim() !== '' && { group: draft.group.trim() }),
    ...(isRtsp(url) && { transport: draft.transport }),
    ...(isTls(url) && draft.certificate.trim() !== '' && { certificate: draft.certificate.trim() }),
    ...(mayEnd(url) && { loop: draft.loop }),
  };
}

/** What is sent to change a camera: only what differs. */
export function changesOf(draft: CameraDraft, camera: CameraView): Partial<Omit<CameraInput, 'id'>> {
  const url = draft.url.trim();
  return {
    ...(draft.name.trim() !== camera.name && { name: draft.name.trim() }),
    ...(url !== '' && { url }),
    ...(Number(draft.fps) !== camera.fps && { fps: Number(draft.fps) }),
    ...(draft.group.trim() !== (camera.group ?? '') && { group: draft.group.trim() }),
    ...(draft.enabled !== camera.enabled && { enabled: draft.enabled }),
    ...(draft.transport !== camera.transport && { transport: draft.transport }),
    ...(draft.certificate.trim() !== (camera.certificate ?? '') && {
      certificate: draft.certificate.trim(),
    }),
    ...(draft.loop !== camera.loop && { loop: draft.loop }),
  };
}
