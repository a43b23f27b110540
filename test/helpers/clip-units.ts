import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { AccessUnit, VideoCodec } from '../../streams/access-unit.js';
import { isReference, isSlice, nalType, splitAnnexB, typeOfNal } from '../../streams/rtp/h264-nal.js';
import { cachedMedia } from './media-cache.js';

/** A test pattern, its units as the depacketiser would hand them out. */
export interface ClipUnitsOptions {
  readonly codec: VideoCodec;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
  /** True: every second picture is one that no other refers to. For H.264 these are B-frames, in the order of decoding. */
  readonly disposable?: boolean;
  /** RTP timestamp of the first unit; 1000 where absent. */
  readonly firstTimestamp?: number;
}

const startCode = Buffer.from([0, 0, 0, 1]);

/** Makes a noisy test pattern with a keyframe a second and returns its access units. */
export async function clipUnits(options: ClipUnitsOptions): Promise<AccessUnit[]> {
  const { codec, width, height, fps, seconds } = options;
  const pictures = await (codec === 'h264' ? h264Pictures(options) : vp8Pictures(options));
  const length = Math.round(fps * seconds);
  return toUnits(pictures.slice(0, length), { width, height, fps }, options.firstTimestamp ?? 1000);
}

/** Returns the access units of an H.264 file, at a steady frame rate. */
export async function fileUnits(
  path: string,
  size: { readonly width: number; readonly height: number; readonly fps: number },
): Promise<AccessUnit[]> {
  const bare = await cachedMedia('units', '.h264', { path }, async (made) => {
    const filters = 'h264_mp4toannexb,h264_metadata=aud=insert,dump_extra=freq=keyframe';
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', path, '-c', 'copy', '-bsf:v', filters, made]);
  });
  return toUnits(picturesOf(await readFile(bare)), size, 1000);
}

function toUnits(
  pictures: readonly Picture[],
  { width, height, fps }: { readonly width: number; readonly height: number; readonly fps: number },
  first: number,
): AccessUnit[] {
  return pictures.map(({ data, keyframe, disposable = false }, index) => {
    const extendedTimestamp = first + Math.round((index * 90_000) / fps);
    return {
      rtpTimestamp: extendedTimestamp % 2 ** 32,
      extendedTimestamp,
      keyframe,
      ...(disposable ? { disposable } : {}),
      data,
      capturedAtMs: index,
      width,
      height,
    };
  });
}

interface Picture {
  readonly data: Buffer;
  readonly keyframe: boolean;
  readonly disposable?: boolean;
}

async function h264Pictures(options: ClipUnitsOptions): Promise<Picture[]> {
  const common = ['-pix_fmt', 'yuv420p', '-threads', '1', '-g', String(options.fps)];
  const stream = await encode(
    options,
    '.h264',
    options.disposable === true
      ? [
          ...['-c:v', 'libx264', '-preset', 'veryfast', ...common],
          ...['-x264-params', 'aud=1:scenecut=0:bframes=1:b-adapt=0:b-pyramid=none'],
        ]
      : [
          ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', ...common],
          ...['-x264-params', 'sliced-threads=0:aud=1'],
        ],
  );
  return picturesOf(stream);
}

/** Splits an Annex B stream with access unit delimiters into its pictures. */
function picturesOf(stream: Buffer): Picture[] {
  const pictures: { units: Buffer[]; keyframe: boolean; disposable: boolean }[] = [];
  for (const nal of splitAnnexB(stream)) {
    if (typeOfNal(nal) === 9) pictures.push({ units: [], keyframe: false, disposable: true });
    const picture = pictures.at(-1);
    if (picture === undefined) continue;
    picture.units.push(startCode, nal);
    if (typeOfNal(nal) === nalType.idr) picture.keyframe = true;
    if (isSlice(nal) && isReference(nal)) picture.disposable = false;
  }
  return pictures.map(({ units, ...facts }) => ({ data: Buffer.concat(units), ...facts }));
}

/** Two temporal layers: nothing refers to the pictures of the upper one. */
const twoLayers = [
  ...['-error-resilient', '1', '-ts-parameters'],
  'ts_number_layers=2:ts_target_bitrate=600,1000:ts_rate_decimator=2,1:ts_periodicity=2:ts_layer_id=0,1:ts_layering_mode=2',
];

async function vp8Pictures(options: ClipUnitsOptions): Promise<Picture[]> {
  const file = await encode(options, '.ivf', [
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M'],
    ...['-g', String(options.fps)],
    ...(options.disposable === true ? twoLayers : []),
  ]);
  const pictures: Picture[] = [];
  for (let at = 32; at + 12 <= file.length;) {
    const length = file.readUInt32LE(at);
    const data = file.subarray(at + 12, at + 12 + length);
    // The first bit of a VP8 frame is 0 for a key frame (RFC 6386, section 9.1).
    const keyframe = ((data[0] ?? 1) & 1) === 0;
    pictures.push({ data, keyframe, disposable: options.disposable === true && pictures.length % 2 === 1 });
    at += 12 + length;
  }
  return pictures;
}

async function encode(options: ClipUnitsOptions, ending: string, codec: readonly string[]): Promise<Buffer> {
  const { width, height, fps, seconds } = options;
  const source = `testsrc2=size=${width}x${height}:rate=${fps}:duration=${seconds}`;
  const path = await cachedMedia('pattern', ending, { source, codec }, async (made) => {
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...codec, made]);
  });
  return readFile(path);
}
