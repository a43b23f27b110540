import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import type { DecoderHandlers } from '../../../streams/decode/decoder.js';
import { FrameRateGate } from '../../../streams/decode/frame-rate-gate.js';
import { BatchLoop } from '../../../server/analysis/process/batch-loop.js';
import { CameraPipeline } from '../../../server/analysis/process/camera-pipeline.js';
import { expectBalanced } from './pool-fixture.js';

/** A world whose time passes only from one event to the next. */
class World {
  nowMs = 0;
  readonly #events: { readonly atMs: number; readonly run: () => void }[] = [];

  at(atMs: number, run: () => void): void {
    this.#events.push({ atMs, run });
    this.#events.sort((a, b) => a.atMs - b.atMs);
  }

  async passUntil(endMs: number): Promise<void> {
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      if (next.atMs > endMs) break;
      this.nowMs = next.atMs;
      next.run();
      // Whatever that set going comes to rest before time goes on.
      for (let turn = 0; turn < 4; turn++) await setImmediate();
    }
  }
}

interface Watched {
  readonly camera: CameraPipeline;
  readonly latenciesMs: number[];
}

const decodeMs = 15;

/** Pixels that differ from frame to frame: something always moves. */
function noise(): Buffer {
  return Buffer.from(Array.from({ length: 24 }, () => Math.floor(Math.random() * 256)));
}

/** Cameras that send `fps` pictures a second each, of which 10 at most are to be analysed. */
function watch(world: World, loop: { wake(): void }, fps: number, number: number): Watched {
  let handlers: DecoderHandlers | undefined;
  const gate = new FrameRateGate(10);
  const camera = new CameraPipeline(
    { cameraId: `c${number}`, generation: 1, codec: 'h264', fps: 10, cutsPossible: false },
    {
      createDecoder: (_options, given) => {
        handlers = given;
        return {
          write: (unit) => {
            if (!gate.wants(unit.extendedTimestamp)) {
              given.onDropped('rate', 1);
              return;
            }
            world.at(world.nowMs + decodeMs, () => {
              const size = { width: 4, height: 2, sourceWidth: 8, sourceHeight: 4 };
              handlers?.onFrame({ ...unit, ...size, decodedAtMs: world.nowMs, data: noise() });
            });
          },
          setFps: (rate) => {
            gate.setFps(rate);
          },
          waiting: 0,
          close: () => Promise.resolve(),
        };
      },
      newId: () => 'someone',
      frameSide: 4,
      onUnmoved: () => undefined,
      onWaiting: () => {
        loop.wake();
      },
      onKeyframeWanted: () => undefined,
      onError: () => undefined,
    },
  );
  const send = (picture: number): void => {
    const atMs = (picture * 1000) / fps + number * 7;
    world.at(atMs, () => {
      const timestamp = Math.round(atMs * 90);
      camera.write({
        rtpTimestamp: timestamp,
        extendedTimestamp: timestamp,
        keyframe: true,
        data: Buffer.alloc(1),
        capturedAtMs: world.nowMs,
        width: 8,
        height: 4,
      });
      send(picture + 1);
    });
  };
  send(1);
  return { camera, latenciesMs: [] };
}

/** What the loop chose: frames of each batch, and how long it waited for one more, in milliseconds. */
interface Chosen {
  readonly batches: number[];
  readonly waitsMs: number[];
}

/** Twenty seconds of cameras before models that take `costMs` a frame, and `fixedMs` for each batch whatever its size. */
async function live(
  costMs: number,
  rates: readonly number[],
  fixedMs = 0,
  chosen: Chosen = { batches: [], waitsMs: [] },
): Promise<Watched[]> {
  const world = new World();
  const cameras: Watched[] = [];
  const loop = new BatchLoop({
    cameras: () => cameras.map(({ camera }) => camera),
    clock: () => world.nowMs,
    pause: (ms) =>
      new Promise((resolve) => {
        chosen.waitsMs.push(ms);
        world.at(world.nowMs + ms, () => resolve(undefined));
      }),
    analyse: (frames) =>
      new Promise((resolve) => {
        chosen.batches.push(frames.length);
        world.at(world.nowMs + fixedMs + costMs * frames.length, () => {
          resolve({ faces: frames.map(() => []), detectMs: 0, classifyMs: 0 });
        });
      }),
    onTracks: ({ cameraId, capturedAtMs }) => {
      cameras[Number(cameraId.slice(1))]?.latenciesMs.push(world.nowMs - capturedAtMs);
    },
    onError: (_cameraId, reason) => {
      throw new Error(reason);
    },
  });
  rates.forEach((fps, number) => cameras.push(watch(world, loop, fps, number)));
  await world.passUntil(20_000);
  for (const { camera } of cameras) expectBalanced(camera.account());
  return cameras;
}

/** Jain's index of fairness: 1 when all have the same, 1/n when one has all. */
function jain(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  return sum ** 2 / (values.length * values.reduce((a, b) => a + b ** 2, 0));
}

describe('an analysis process', function () {
  this.timeout(60_000);

  it('gives cameras the rate that they ask for, soon, while its models keep up', async () => {
    for (const { camera, latenciesMs } of await live(5, [15, 15, 25, 10])) {
      expect(latenciesMs.length / 20).to.be.closeTo(10, 0.5);
      expect(Math.max(...latenciesMs.slice(20))).to.be.at.most(decodeMs + 2 * 4 * 5);
      expect(camera.account().dropped.stale).to.equal(0);
    }
  });

  for (const costMs of [60, 200, 900]) {
    it(`lowers the rate of all alike when a frame costs ${costMs} ms, and never lets results grow old`, async () => {
      const cameras = await live(costMs, [15, 15, 30, 5]);
      const analysed = cameras.map(({ latenciesMs }) => latenciesMs.length);
      expect(jain(analysed)).to.be.at.least(0.95);
      // The models work for nine tenths of the time, the rates being what they are.
      expect(analysed.reduce((a, b) => a + b, 0)).to.be.at.least((0.87 * 20_000) / costMs);
      // Between two frames of a camera all the others have their turn.
      const intervalMs = costMs * cameras.length;
      for (const { latenciesMs } of cameras) {
        expect(Math.max(...latenciesMs.slice(3))).to.be.at.most(2 * intervalMs + decodeMs);
      }
    });
  }

  it('waits for one more frame where that is sooner than what it saves, and never longer', async () => {
    const chosen: Chosen = { batches: [], waitsMs: [] };
    const fixedMs = 30;
    const cameras = await live(2, Array<number>(6).fill(10), fixedMs, chosen);
    const settled = chosen.batches.slice(40);
    expect(settled.reduce((a, b) => a + b, 0) / settled.length).to.be.above(1.5);
    expect(chosen.waitsMs.length).to.be.above(0);
    expect(Math.max(...chosen.waitsMs)).to.be.at.most(fixedMs);
    for (const { latenciesMs } of cameras) {
      expect(Math.max(...latenciesMs.slice(20))).to.be.at.most(decodeMs + 4 * fixedMs);
    }
  });

  it('waits for nobody where a batch costs nothing but its frames', async () => {
    const chosen: Chosen = { batches: [], waitsMs: [] };
    await live(5, Array<number>(6).fill(10), 0, chosen);
    expect(chosen.waitsMs).to.deep.equal([]);
  });

  it('has hardly more frames scaled than it takes', async () => {
    const cameras = await live(100, [15, 15, 15, 15]);
    for (const { camera, latenciesMs } of cameras) {
      const { dropped, processed } = camera.account();
      // Without rates it would be three that are thrown away for each that is analysed.
      expect(dropped.stale).to.be.below(0.3 * processed);
      expect(latenciesMs.length).to.be.above(40);
      expect(camera.account().effort.effectiveFps).to.be.closeTo(2.25, 0.3);
    }
  });
});
