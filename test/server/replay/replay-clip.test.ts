import { expect } from 'chai';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { createDetector } from '../../../models/detect/create-detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { peopleSeen } from '../../../server/replay/people-seen.js';
import { type ReplayedFrame, replayClip, type ReplayModels } from '../../../server/replay/replay-clip.js';
import { VideoError, videoFrames } from '../../../server/replay/video-frames.js';
import { faceClip } from '../../helpers/media.js';

describe('a replayed clip', () => {
  let models: ReplayModels;
  let clip: string;
  before(async function () {
    this.timeout(120_000);
    const engine = await loadEngine({ threads: 1 });
    models = {
      detector: await createDetector('maskwatch-h', engine),
      classifier: await loadClassifier(engine, 'models/weights/mobilenet-v2-cut'),
    };
    clip = await faceClip();
  });
  after(() => {
    models.detector.close();
    models.classifier.close();
  });

  it('gives its people, each counted once, the same at every run', async function () {
    this.timeout(60_000);
    const runs: ReplayedFrame[][] = [[], []];
    for (const frames of runs) {
      for await (const frame of replayClip(clip, models, { fps: 5, frameSide: 640 })) frames.push(frame);
    }
    const [first = [], second = []] = runs;
    expect(first.map(({ atMs }) => atMs)).to.deep.equal(Array.from({ length: 20 }, (_, i) => i * 200));
    expect(second).to.deep.equal(first);
    const people = peopleSeen(first);
    expect(people.map(({ trackId }) => trackId)).to.have.length(3);
    expect(people.filter(({ state }) => state === 'mask')).to.have.length(1);
  });

  it('tells boxes in pixels of the clip when frames were shrunk', async function () {
    this.timeout(60_000);
    let faces = 0;
    for await (const { width, height, tracks } of replayClip(clip, models, { fps: 2, frameSide: 320 })) {
      expect([width, height]).to.deep.equal([640, 360]);
      faces += tracks.filter(({ box }) => box.width > 24).length;
    }
    expect(faces).to.be.greaterThan(0);
  });

  it('thins out and shrinks, but never makes more frames than there are', async () => {
    const sizes = new Set<string>();
    let count = 0;
    for await (const { width, height } of videoFrames(clip, { fps: 100, maxSide: 100 })) {
      sizes.add(`${width}x${height}`);
      count++;
    }
    expect([...sizes]).to.deep.equal(['100x56']);
    expect(count).to.equal(60);
  });

  it('says why a file cannot be replayed', async () => {
    const frames = videoFrames('package.json');
    const error = await frames.next().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(VideoError);
  });
});
