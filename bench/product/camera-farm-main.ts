import { monotonicMs } from '../../streams/clock.js';
import { fileUnits } from '../../test/helpers/clip-units.js';
import { faceClip } from '../../test/helpers/media.js';
import { RtspServer } from '../../test/helpers/rtsp-server.js';
import { signature } from '../measure/match-timestamps.js';
import type { CameraKind, SentPicture } from './camera-farm.js';

/** Pictures of each camera that are remembered: more than a measurement lasts. */
const kept = 2048;

/** The process behind `startCameraFarm`: tells its port, and answers `sent`. */
async function main(kind: CameraKind): Promise<void> {
  const clip = await faceClip({ ...kind, seconds: 8, people: 3 });
  const sent = new Map<string, SentPicture[]>();
  const server = await RtspServer.start({
    units: await fileUnits(clip, kind),
    fps: kind.fps,
    shift: signature,
    onPicture: (url, timestamp) => {
      const name = new URL(url).pathname.split('/')[1] ?? '';
      const pictures = sent.get(name) ?? [];
      sent.set(name, pictures);
      // A connection begins anew: what was sent before belongs to an earlier one.
      if (timestamp < (pictures.at(-1)?.timestamp ?? 0)) pictures.length = 0;
      pictures.push({ timestamp, atMs: monotonicMs() });
      if (pictures.length > kept) pictures.shift();
    },
  });
  process.on('message', () => process.send?.(sent));
  process.once('disconnect', () => process.exit(0));
  process.send?.(server.port);
}

await main(JSON.parse(process.argv[2] ?? '{}') as CameraKind);
