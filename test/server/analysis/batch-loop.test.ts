import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { AccessUnit } from '../../../streams/access-unit.js';
import type { DecodedFrame, DecoderHandlers } from '../../../streams/decode/decoder.js';
import type { TracksMessage } from '../../../server/analysis/messages.js';
import { BatchLoop } from '../../../server/analysis/process/batch-loop.js';
import { CameraPipeline } from '../../../server/analysis/process/camera-pipeline.js';
import { expectBalanced, until } from './pool-fixture.js';

/** A camera whose decoder is the test itself. */
function pipeline(
  cameraId: string,
  onWaiting: () => void = () => undefined,
  resumeAfter?: number,
  onUnmoved: (message: TracksMessage) => void = () => undefined,
) {
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
      onWaiting,
      onUnmoved,
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
  const frame = (grey = 0): DecodedFrame => {
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
      data: Buffer.alloc(64 * 36 * 3, grey),
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
    expect(camera.take()?.frame).to.equal(newest);
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
    camera.take();
    const message = camera.finish(taken, [face], { detectMs: 1, classifyMs: 2 }, 3);
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
    expect(camera.finish(taken.frame, [], { detectMs: 0, classifyMs: 0 }, 0)).to.equal(undefined);
    expectBalanced(camera.account());
  });
});

describe('A camera in which nothing moves', () => {
  const sketch = new Uint8Array(64);
  const classification = {
    label: 'mask',
    probabilities: { mask: 1, no_mask: 0, incorrect: 0 },
    reject: 0,
  } as const;
  const face = { box: { x: 10, y: 4, width: 20, height: 30 }, score: 0.9, classification, sketch };
  const timing = { detectMs: 1, classifyMs: 1 };

  /** Frames until the person's state is out of question. */
  function settled() {
    const told: TracksMessage[] = [];
    const { camera, frame } = pipeline('door', undefined, undefined, (message) => told.push(message));
    let searched = 0;
    while (told.length === 0 && searched < 50) {
      frame();
      const taken = camera.take();
      if (taken === undefined) continue;
      searched++;
      camera.finish(taken.frame, [face], timing, 5);
    }
    return { camera, frame, told, searched };
  }

  it('tells of people where they were without searching for them again', () => {
    const { camera, told, searched } = settled();
    expect(searched).to.be.above(2);
    expect(told[0]?.tracks).to.have.length(1);
    expect(told[0]?.tracks[0]).to.include({ label: 'mask', confirmed: true });
    expect(told[0]?.tracks[0]?.box).to.deep.equal({ x: 20, y: 8, width: 40, height: 60 });
    expect(camera.account().effort.unmoved).to.equal(1);
    expectBalanced(camera.account());
  });

  it('is searched again after half a second, and at once when something moves', () => {
    const { camera, frame } = settled();
    const unmoved: boolean[] = [];
    for (let n = 0; n < 12; n++) {
      frame();
      const taken = camera.take();
      unmoved.push(taken === undefined);
      if (taken !== undefined) camera.finish(taken.frame, [face], timing, 5);
    }
    // Frames come every 100 ms.
    expect(unmoved.filter((isUnmoved) => !isUnmoved)).to.have.length.within(2, 3);
    while (camera.hasFrame) camera.take();
    frame(200);
    expect(camera.hasFrame).to.equal(true);
    expectBalanced(camera.account());
  });

  it('names people who need not be classified, in pixels of the frame', () => {
    const { camera, frame } = settled();
    for (let n = 1; n < 6; n++) {
      frame(n * 40);
      const taken = camera.take();
      if (taken === undefined) throw new Error('something moved');
      if (taken.known.length > 0) {
        expect(taken.known).to.deep.equal([{ box: face.box, sketch }]);
        return;
      }
      camera.finish(taken.frame, [face], timing, 5);
    }
    throw new Error('nobody is known');
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

  it('gives the frames of several cameras to the models together where that saves time', async () => {
    const cameras = Array.from({ length: 4 }, (_, n) => pipeline(`c${n}`));
    const sizes: number[] = [];
    const loop = new BatchLoop({
      cameras: () => cameras.map(({ camera }) => camera),
      // A batch takes as long whatever its size.
      analyse: async (frames) => {
        sizes.push(frames.length);
        for (const { frame } of cameras) frame();
        await setTimeout(5);
        return { faces: frames.map(() => []), detectMs: 0, classifyMs: 0 };
      },
      onTracks: () => undefined,
      onError: () => undefined,
    });
    for (const { frame } of cameras) frame();
    loop.wake();
    await until(() => sizes.includes(4));
    await loop.close();
    expect(sizes[0]).to.equal(1);
  });

  it('does nothing after it was closed', async () => {
    const one = pipeline('door');
    const loop = new BatchLoop({
      cameras: () => [one.camera],
      analyse: () => Promise.reject(new Error('must not be called')),
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
