import { createDecoder } from '../streams/decode/decoder.js';
import type { AccessUnit, VideoCodec } from '../streams/access-unit.js';
import { clipUnits } from '../test/helpers/clip-units.js';
import { descendantsOf } from '../test/helpers/living-processes.js';
import type { Benchmark } from './benchmark.js';
import { processorSeconds } from './measure/process-family.js';
import { rounded, spreadOf } from './measure/spread.js';
import { atMost } from './report/target.js';

const size = { width: 1280, height: 720, fps: 25 } as const;
const askedFps = 10;

/** What is done to spare work; the second and third do what the product does. */
const ways = [
  { name: 'every picture scaled', fps: size.fps, leaveOut: false },
  { name: 'dropped before it is scaled', fps: askedFps, leaveOut: false },
  { name: 'and not decoded where nothing refers to it', fps: askedFps, leaveOut: true },
] as const;

/** What it takes to decode a camera for analysis. */
export const decode: Benchmark = {
  name: 'decode',
  title: `Processor time to decode ${size.width}x${size.height} at ${size.fps} pictures a second for ${askedFps} frames a second, every second picture one that nothing refers to.`,
  limitSeconds: 300,
  alone: true,
  async run({ quick, progress }) {
    const seconds = quick ? 4 : 12;
    const rounds = quick ? 1 : 5;
    const rows: { codec: VideoCodec; way: string; times: number[] }[] = [];
    for (const codec of ['h264', 'vp8'] as const) {
      const units = await clipUnits({ ...size, codec, seconds, disposable: true });
      const measured = ways.map(({ name: way }) => ({ codec, way, times: [] as number[] }));
      rows.push(...measured);
      for (let round = 0; round < rounds; round += 1) {
        progress(`${codec}, round ${round + 1} of ${rounds}`);
        for (const [index, { fps, leaveOut }] of ways.entries()) {
          const given = leaveOut ? units : units.map((unit) => ({ ...unit, disposable: false }));
          measured[index]?.times.push((await processorTime(codec, given, fps)) / seconds);
        }
      }
    }
    const cores = rows.map(({ codec, way, times }) => ({ codec, way, cores: spreadOf(times, 4) }));
    const medianOf = (codec: VideoCodec, way: number): number =>
      cores.find((row) => row.codec === codec && row.way === ways[way]?.name)?.cores.median ?? 0;
    const ratio = (codec: VideoCodec): number =>
      rounded(medianOf(codec, 2) / Math.max(1e-6, medianOf(codec, 1)), 2);
    return {
      figures: { cores, ratio: { h264: ratio('h264'), vp8: ratio('vp8') } },
      table: {
        head: ['codec', 'what is spared', 'cores a camera (median)', 'least', 'most'],
        rows: cores.map(({ codec, way, cores: { median, min, max } }) => [
          codec,
          way,
          String(median),
          String(min),
          String(max),
        ]),
      },
      notes: [
        `${seconds} s of a test pattern, ${rounds} rounds, the ways in turn in each; H.264 with one B-frame after each other picture, VP8 with two temporal layers.`,
      ],
      targets: [
        atMost('left-out-h264', 0.9, ratio('h264'), 'of the time without'),
        atMost('left-out-vp8', 0.9, ratio('vp8'), 'of the time without'),
      ],
    };
  },
};

/** Processor seconds of the decoding ffmpeg for a clip. */
async function processorTime(codec: VideoCodec, units: readonly AccessUnit[], fps: number): Promise<number> {
  let counted = 0;
  let wake: () => void = () => undefined;
  const count = (more: number): void => {
    counted += more;
    wake();
  };
  const decoder = createDecoder(
    { codec, width: size.width, height: size.height, maxSide: 640, fps },
    {
      onFrame: () => count(1),
      onDropped: (_, dropped) => count(dropped),
      onLost: count,
      onKeyframeWanted: () => undefined,
      onError: (reason) => {
        throw new Error(reason);
      },
    },
  );
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await new Promise<void>((resolve) => (wake = resolve));
  };
  for (const unit of units) {
    decoder.write(unit);
    await until(() => decoder.waiting < 16);
  }
  // Of B-frames the decoder keeps the newest picture back.
  await until(() => counted >= units.length - 1);
  const [ffmpeg] = (await descendantsOf(process.pid)).filter(({ command }) => command.includes('rawvideo'));
  const used = ffmpeg === undefined ? 0 : processorSeconds(ffmpeg.pid);
  await decoder.close();
  return used;
}
