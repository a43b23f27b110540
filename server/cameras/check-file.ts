import { realpath } from 'node:fs/promises';
import { extname } from 'node:path';
import { CameraFieldError } from '../../streams/camera/camera-field-error.js';

/** Endings of the names of what ffmpeg is allowed to open (`streams/ffmpeg/source-input.ts`). */
const endings: ReadonlySet<string> = new Set(
  'mp4 m4v mov mkv webm avi ts mts m2ts mpg mpeg flv asf wmv ogg ogv ivf h264 264 h265 265 hevc mjpeg mjpg gif'.split(
    ' ',
  ),
);

/**
 * Refuses a file that is no video by its name, also by the name of what a link leads to: who adds a camera over the network must
 * not be able to find out what else lies on this machine. One that does not exist is for the camera to tell.
 *
 * @param path absolute
 * @throws CameraFieldError
 */
export async function checkFile(path: string): Promise<void> {
  const real = await realpath(path).catch(() => path);
  if ([path, real].every((name) => endings.has(extname(name).slice(1).toLowerCase()))) return;
  throw new CameraFieldError('url', 'must name a video by its ending, such as .mp4, .mkv or .ts');
}
