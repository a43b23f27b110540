import { expect } from 'chai';
import type { AccessUnit } from '../../../streams/access-unit.js';
import type { DecodedFrame, DecoderHandlers } from '../../../streams/decode/decoder.js';
import type { TracksMessage } from '../../../server/analysis/messages.js';
import { BatchLoop } from '../../../server/analysis/process/batch-loop.js';
import { BatchSize } from '../../../server/analysis/process/batch-size.js';
import { FrameDemand } from '../../../server/analysis/process/frame-demand.js';
import { CameraPipeline } from '../../../server/analysis/process/camera-pipeline.js';
import { expectBalanced, until } from './pool-fixture.js';

/** A camera whose decoder is the test itself. */
function pipeline(cameraId: string, onWaiting: () => void = () => undefined, resumeAfter?: number) {
  let handlers: DecoderHandlers | undefined;
  let at = 0;
  const camera = new CameraPipeline(
    {
      cameraId,
      generation: 1,
      codec: 'h264',
      fps: 5,
      cutsPossible: false,
      ...(resumeAfter === undefined ? {} : { resumeAfter }),
    },
    {
      createDecoder: (_options, given) => {
        handlers = given;
        return {
          write: () => undefined,
          setFps: () => undefined,
          waiting: 0,
          close: () => Promise.resolve(),
        };
      },
      newId: () => cameraId,
      frameSide: 64,
      demand: new FrameDemand(),
      onWaiting,
      onKeyframeWanted: () => undefined,
      onError: () => undefined,
    },
  );
  const unit = (): AccessUnit => {
    at += 100;
    return {
      rtpTimestamp: at,
      extendedTimestamp: at,
      keyframe: true,
      data: Buffer.alloc(1),
      capturedAtMs: at,
      width: 128,
      height: 72,
    };
  };
  /** A unit goes in and its frame comes out at once. */
  const frame = (): DecodedFrame => {
    const written = unit();
    camera.write(written);
    const decoded: DecodedFrame = {
      rtpTimestamp: written.rtpTimestamp,
      extendedTimestamp: written.extendedTimestamp,
      capturedAtMs: written.capturedAtMs,
      decodedAtMs: written.capturedAtMs + 3,
      width: 64,
      height: 36,
      sourceWidth: 128,
      sourceHeight: 72,
      data: Buffer.alloc(64 * 36 * 3),
    };
    handlers?.onFrame(decoded);
    return decoded;
  };
  return { camera, frame };
}

describe('CameraPipeline', () => {
  it('hands out the newest frame, once, and counts those it replaced as stale', () => {
    const { camera, frame } = pipeline('door');
    frame();
    frame();
    const newest = frame();
    expect(camera.account()).to.include({ received: 3, waiting: 1 });
    expect(camera.account().dropped.stale).to.equal(2);
    expect(camera.take()).to.equal(newest);
    expect(camera.take()).to.equal(undefined);
    expectBalanced(camera.account());
  });

  it('maps boxes from the decoded frame to the picture of the camera', () => {
    const { camera, frame } = pipeline('door');
    const taken = frame();
    const classification = {
      label: 'mask',
      probabilities: { mask: 1, no_mask: 0, incorrect: 0 },
      reject: 0,
    } as const;
    const face = { box: { x: 10, y: 4, width: 20, height: 30 }, score: 0.9, classification };
    const message = camera.finish(taken, [face], { detectMs: 1, classifyMs: 2 });
    expect(message?.tracks[0]?.box).to.deep.equal({ x: 20, y: 8, width: 40, height: 60 });
    expect(message).to.include({ width: 128, height: 72, rtpTimestamp: 100 });
    expect(message?.timing).to.deep.equal({ decodeMs: 3, detectMs: 1, classifyMs: 2 });
  });

  it('analyses nothing that an earlier process was given', () => {
    const { camera, frame } = pipeline('door', () => undefined, 250);
    frame();
    frame();
    expect(camera.hasFrame).to.equal(false);
    expect(camera.account()).to.include({ received: 0, waiting: 0 });
    frame();
    expect(camera.hasFrame).to.equal(true);
    expect(camera.account()).to.include({ received: 1, waiting: 1 });
    expectBalanced(camera.account());
  });

  it('counts what is under way as lost when it is closed, the frame in analysis too', async () => {
    const { camera, frame } = pipeline('door');
    frame();
    const taken = camera.take();
    frame();
    await camera.close();
    await camera.close();
    expect(camera.account()).to.include({ received: 2, lost: 2, waiting: 0 });
    if (taken === undefined) throw new Error('no frame');
    expect(camera.finish(taken, [], { detectMs: 0, classifyMs: 0 })).to.equal(undefined);
    expectBalanced(camera.account());
  });
});

describe('BatchLoop', () => {
  it('serves all cameras alike when there are more frames than time', async () => {
    const cameras = Array.from({ length: 7 }, (_, n) => pipeline(`c${n}`));
    const served = new Map<string, number>();
    const loop = new BatchLoop({
      cameras: () => cameras.map(({ camera }) => camera),
      analyse: (frames) => {
        // Every camera has a newer frame after each batch, the first ones even more than one.
        cameras.forEach(({ frame }, n) => {
          frame();
          if (n < 3) frame();
        });
        return Promise.resolve({ faces: frames.map(() => []), detectMs: 1, classifyMs: 0 });
      },
      demand: new FrameDemand(),
      onTracks: ({ cameraId }: TracksMessage) => void served.set(cameraId, (served.get(cameraId) ?? 0) + 1),
      onError: () => undefined,
    });
    for (const { frame } of cameras) frame();
    loop.wake();
    await until(() => [...served.values()].reduce((sum, count) => sum + count, 0) > 200);
    await loop.close();
    const counts = [...served.values()];
    expect(served.size).to.equal(7);
    expect(Math.max(...counts) - Math.min(...counts)).to.be.at.most(1);
    for (const { camera } of cameras) expectBalanced(camera.account());
  });

  it('gives the frames of several cameras to the models together', async () => {
    const cameras = Array.from({ length: 4 }, (_, n) => pipeline(`c${n}`));
    const sizes: number[] = [];
    const loop = new BatchLoop({
      cameras: () => cameras.map(({ camera }) => camera),
      analyse: (frames) => {
        sizes.push(frames.length);
        if (sizes.length < 5) for (const { frame } of cameras) frame();
        return Promise.resolve({ faces: frames.map(() => []), detectMs: 0, classifyMs: 0 });
      },
      demand: new FrameDemand(),
      onTracks: () => undefined,
      onError: () => undefined,
    });
    for (const { frame } of cameras) frame();
    loop.wake();
    await until(() => cameras.every(({ camera }) => !camera.hasFrame) && sizes.length >= 5);
    await loop.close();
    expect(sizes[0]).to.equal(1);
    expect(Math.max(...sizes)).to.equal(4);
  });

  it('does nothing after it was closed', async () => {
    const one = pipeline('door');
    const loop = new BatchLoop({
      cameras: () => [one.camera],
      analyse: () => Promise.reject(new Error('must not be called')),
      demand: new FrameDemand(),
      onTracks: () => undefined,
      onError: () => undefined,
    });
    await loop.close();
    one.frame();
    loop.wake();
    await loop.close();
    expect(one.camera.hasFrame).to.equal(true);
  });
});

describe('BatchSize', () => {
  it('begins with one frame, and lets a batch take a quarter of a second', () => {
    const size = new BatchSize();
    expect(size.frames).to.equal(1);
    size.measured(1, 100);
    expect(size.frames).to.equal(2);
    for (let n = 0; n < 50; n++) size.measured(4, 4);
    expect(size.frames).to.equal(16);
    for (let n = 0; n < 50; n++) size.measured(1, 900);
    expect(size.frames).to.equal(1);
  });
});
