import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { HttpCameraOptions } from './http-camera.js';
import { cachedMedia } from './media-cache.js';

/** Ten pieces a second, as many as a clip of this length has tenths of a second. */
const everyMs = 100;

/**
 * What a camera over HTTP answers that sends motion JPEG: a clip, again and again, in real time.
 *
 * @param seconds length of the clip
 */
export async function motionJpeg(clip: string, seconds: number): Promise<HttpCameraOptions['serve']> {
  const path = await cachedMedia('motion', '.mjpeg', { clip }, async (made) => {
    const args = ['-v', 'error', '-i', clip, '-c:v', 'mjpeg', '-q:v', '4', '-f', 'mpjpeg', made];
    await promisify(execFile)('ffmpeg', args);
  });
  const motion = await readFile(path);
  const piece = Math.ceil((motion.length * everyMs) / (seconds * 1000));
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace;boundary=ffmpeg' });
    let at = 0;
    const timer = setInterval(() => {
      response.write(motion.subarray(at, at + piece));
      at = at + piece >= motion.length ? 0 : at + piece;
    }, everyMs);
    response.once('close', () => clearInterval(timer));
  };
}
