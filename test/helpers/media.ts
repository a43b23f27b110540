import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawBarcode } from './barcode.js';
import { faceScene, maskStyles } from './face-scene.js';
import { cachedMedia } from './media-cache.js';
import { wornStates } from '../../models/mask-classifier.js';
import { encodeClip, h264Options } from '../../server/demo/encode-clip.js';
import type { MaskedFace } from '../../server/demo/paint-masks.js';
import { paintMasks } from '../../server/demo/paint-masks.js';
import type { MaskStyle } from '../../server/demo/mask-shape.js';
import { readSampleFaces, samplePhotoPath } from '../../server/demo/sample-faces.js';

/** Kinds of video that tests ask for. */
export type ClipCodec = 'h264' | 'h264-b-frames' | 'hevc' | 'mpeg4' | 'mjpeg' | 'vp8';

/** What a test clip is like. */
export interface FaceClipOptions {
  /** Default 4. */
  readonly seconds?: number;
  /** Default 15. */
  readonly fps?: number;
  /** Even; default 640. */
  readonly width?: number;
  /** Even; default 360. */
  readonly height?: number;
  /** Default `h264`: constrained baseline, no B-frames, a keyframe a second. */
  readonly codec?: ClipCodec;
  /** 0..3 people: with a mask, without, with one below the nose. Default 3. */
  readonly people?: number;
  /** Draw the frame number (0, 1, 2 …) as a barcode over the lower edge; see `readBarcode`. Default false. */
  readonly barcode?: boolean;
  /** The file's ending and so its container; the default fits the codec. `.h264` is a bare Annex B stream. */
  readonly ending?: '.mp4' | '.mkv' | '.avi' | '.webm' | '.h264' | '.mjpeg' | '.ivf' | '.ts';
}

const endings: Readonly<Record<ClipCodec, string>> = {
  h264: '.mp4',
  'h264-b-frames': '.mp4',
  hevc: '.mp4',
  mpeg4: '.mp4',
  mjpeg: '.avi',
  vp8: '.webm',
};

function codecOptions(codec: ClipCodec, fps: number): string[] {
  const gop = ['-g', String(fps), '-pix_fmt', 'yuv420p'];
  switch (codec) {
    case 'h264':
      return h264Options(fps);
    case 'h264-b-frames':
      return [
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-profile:v',
        'main',
        '-bf',
        '2',
        '-b_strategy',
        '0',
        ...gop,
      ];
    case 'hevc':
      return ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:bframes=0', ...gop];
    case 'mpeg4':
      return ['-c:v', 'mpeg4', '-q:v', '4', ...gop];
    case 'mjpeg':
      return ['-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'];
    case 'vp8':
      return ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1500k', ...gop];
  }
}

/**
 * Makes (or finds in the cache) a clip of real faces. Where they are is told by `faceScene(…).people(seconds)`.
 *
 * @returns the absolute path of the file
 */
export async function faceClip(options: FaceClipOptions = {}): Promise<string> {
  const { seconds = 4, fps = 15, width = 640, height = 360, codec = 'h264', people = 3 } = options;
  const barcode = options.barcode ?? false;
  const ending = options.ending ?? endings[codec];
  return cachedMedia(
    'faces',
    ending,
    { seconds, fps, width, height, codec, people, barcode },
    async (path) => {
      const scene = await faceScene(width, height, people);
      const frames = function* (): Generator<Buffer> {
        for (let index = 0; index < Math.round(seconds * fps); index += 1) {
          const data = scene.frame(index / fps);
          if (barcode) drawBarcode({ width, height, data }, index);
          yield data;
        }
      };
      await encodeClip(frames(), { width, height, fps, outputOptions: codecOptions(codec, fps) }, path);
    },
  );
}

/**
 * A file for chromium's `--use-file-for-fake-video-capture`: motion JPEG, which chromium plays in a loop at
 * 30 frames a second.
 */
export async function fakeCameraFile(
  options: Omit<FaceClipOptions, 'codec' | 'fps' | 'ending'> = {},
): Promise<string> {
  return faceClip({ width: 640, height: 480, ...options, fps: 30, codec: 'mjpeg', ending: '.mjpeg' });
}

/**
 * A sample photograph as JPEG, with masks painted.
 *
 * @param name `sample1.jpg` … `sample6.jpg`
 * @param styles a mask for each face from left to right; `undefined` leaves the face as it is
 */
export async function maskedPhoto(name: string, styles: readonly (MaskStyle | undefined)[]): Promise<string> {
  return cachedMedia(
    'photo',
    '.jpg',
    { name, styles: styles.map((style) => style ?? null) },
    async (path) => {
      const faces = (await readSampleFaces())[name]?.faces ?? [];
      const masked = styles.flatMap((style, index): MaskedFace[] => {
        const face = faces[index];
        return style === undefined || face === undefined ? [] : [{ face, style }];
      });
      const { width, height, data } = await paintMasks(samplePhotoPath(name), masked);
      await sharp(data, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: 90 })
        .toFile(path);
    },
  );
}

/**
 * A folder of face crops as `maskwatch evaluate` and `train` take it: `mask/`, `no_mask/` and `incorrect/`, each
 * with the same 22 sample faces (`sample3-1.jpg` is the second face of the third photograph).
 */
export async function labelledFaces(): Promise<string> {
  return cachedMedia('labelled', '', {}, async (folder) => {
    const photos = await readSampleFaces();
    for (const state of wornStates) {
      await mkdir(join(folder, state), { recursive: true });
      const style = maskStyles[state];
      for (const [name, { faces, width, height }] of Object.entries(photos)) {
        const masked = style === undefined ? [] : faces.map((face) => ({ face, style }));
        const painted = await paintMasks(samplePhotoPath(name), masked);
        for (const [index, { box }] of faces.entries()) {
          const margin = Math.round(box.width * 0.1);
          const left = Math.max(0, box.x - margin);
          const top = Math.max(0, box.y - margin);
          await sharp(painted.data, { raw: { width, height, channels: 3 } })
            .extract({
              left,
              top,
              width: Math.min(width, box.x + box.width + margin) - left,
              height: Math.min(height, box.y + box.height + margin) - top,
            })
            .jpeg({ quality: 92 })
            .toFile(join(folder, state, `${name.replace('.jpg', '')}-${index}.jpg`));
        }
      }
    }
  });
}
