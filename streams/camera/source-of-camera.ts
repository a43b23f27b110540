import type { MediaSource } from '../ffmpeg/source-input.js';
import type { CameraConfig } from './camera-config.js';

/** What ffmpeg opens for a camera; `undefined` for a webcam, which comes to us. */
export function mediaSource(
  config: Pick<CameraConfig, 'kind' | 'url' | 'transport'>,
): MediaSource | undefined {
  switch (config.kind) {
    case 'rtsp':
      return { kind: 'rtsp', url: config.url, transport: config.transport };
    case 'http':
      return { kind: 'http', url: config.url };
    case 'file':
      return { kind: 'file', path: config.url };
    case 'webcam':
      return undefined;
  }
}
