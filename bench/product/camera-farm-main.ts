import { monotonicMs } from '../../streams/clock.js';
import { fileUnits } from '../../test/helpers/clip-units.js';
import { faceClip } from '../../test/helpers/media.js';
import { RtspServer } from '../../test/helpers/rtsp-server.js';
import { signature } from '../measure/match-timestamps.js';
import type { CameraKind, SentBy } from './camera-farm.js';

/** Pictures of each connection that are remembered: more than a measurement lasts. */
const kept = 2048;

/** The process behind `startCameraFarm`: tells its port, and answers `sent`. */
async function main(kind: CameraKind): Promise<void> {
  const clip = await faceClip({ ...kind, seconds: 8, people: 3 });
  const sent = new Map<number, SentBy>();
  const server = await RtspServer.start({
    units: await fileUnits(clip, kind),
    fps: kind.fps,
    shift: signature,
    onPicture: ({ url, connection, timestamp }) => {
      const by = sent.get(connection) ?? { camera: new URL(url).pathname.split('/')[1] ?? '', pictures: [] };
      sent.set(connection, by);
      by.pictures.push({ timestamp, atMs: monotonicMs() });
      if (by.pictures.length > kept) by.pictures.shift();
    },
  });
  process.on('message', () => process.send?.([...sent.values()]));
  process.once('disconnect', () => process.exit(0));
  process.send?.(server.port);
}

await main(JSON.parse(process.argv[2] ?? '{}') as CameraKind);
