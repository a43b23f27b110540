import type { PlainReason } from '../ffmpeg/plain-reason.js';
import type { MediaSource } from '../ffmpeg/source-input.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { CameraConfig } from './camera-config.js';

/** What ffmpeg opens for a camera, for as long as it is needed. */
export interface OpenedSource {
  readonly source: MediaSource;
  /** Why the camera could not be reached, as far as the relay knows better than ffmpeg. */
  readonly problem: () => PlainReason | undefined;
  /** Idempotent. */
  close(): Promise<void>;
}

/** What decides how a camera is opened. */
export type SourceSettings = Pick<CameraConfig, 'url' | 'access' | 'transport' | 'certificate'> & {
  /** A webcam comes to us and is not opened. */
  readonly kind: Exclude<CameraConfig['kind'], 'webcam'>;
};

/** Makes ready what ffmpeg opens: a file as it is, everything else through the relay. */
export async function openSource(settings: SourceSettings, relay: SourceRelay): Promise<OpenedSource> {
  const { kind, url, access, transport, certificate } = settings;
  if (kind === 'file') {
    return { source: { kind, path: url }, problem: () => undefined, close: () => Promise.resolve() };
  }
  const way = await relay.open({ url, transport, certificate, ...(access === undefined ? {} : { access }) });
  return { source: { kind, url: way.url }, problem: () => way.problem(), close: () => way.close() };
}
