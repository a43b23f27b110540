import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { loadOwnDetector } from '../../../../models/detect/own/own-detector.js';
import { readCheckpoint } from '../../../../models/lab/train/checkpoint.js';
import {
  type DetectorTraining,
  runDetectorTraining,
} from '../../../../models/lab/detector/run-detector-training.js';
import { nativeEngine } from '../../helpers/engines.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { writeToyYunet } from './toy-yunet.js';

describe('Training a detector', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const written: string[] = [];

  const training = (changes: Partial<DetectorTraining>): DetectorTraining => ({
    scenes: join(folder, 'scenes'),
    clusters: join(folder, 'scene-clusters.tsv'),
    faces: join(folder, 'faces'),
    teacher: join(folder, 'yunet.safetensors'),
    bareTeacher: join(folder, 'yunet.safetensors'),
    steps: 2,
    rate: 1e-4,
    batch: 2,
    seed: 1,
    mosaics: 0.3,
    planted: 0.5,
    quarters: 0.5,
    turned: 0.5,
    bareScore: 0.5,
    checkpoint: join(folder, 'runs', 'run.ckpt'),
    weights: join(folder, 'toy-h'),
    name: 'toy-h',
    command: 'maskwatch train-detector …',
    signal: new AbortController().signal,
    sink: { write: (text: string) => written.push(text) },
    ...changes,
  });

  before(async () => {
    const { tf } = await nativeEngine();
    await writeToyYunet(tf, join(folder, 'yunet.safetensors'));
    await writeFile(join(folder, 'scene-clusters.tsv'), '# file\tcluster\n');
    for (const [at, set] of ['voc853', 'ilc'].entries()) {
      await mkdir(join(folder, 'scenes', set, 'images'), { recursive: true });
      const scenes = [0, 1, 2].map((number) => ({
        file: `${set}-${number}.png`,
        width: 160,
        height: 120,
        boxes: [{ label: at === 0 ? 'mask' : 'no_mask', x: 40, y: 30, w: 50, h: 60 }],
      }));
      await writeFile(join(folder, 'scenes', set, 'labels.json'), JSON.stringify(scenes));
      for (const { file } of scenes) {
        await noise(join(folder, 'scenes', set, 'images', file), 160, 120);
      }
    }
    for (const label of ['mask', 'no_mask']) {
      await mkdir(join(folder, 'faces', label), { recursive: true });
      await noise(join(folder, 'faces', label, 'someone_1.png'), 60, 70);
    }
  });

  it('writes weights that find faces, and a card that names the teacher beside them', async () => {
    expect(await runDetectorTraining(training({}))).to.equal(true);
    const detector = await loadOwnDetector(await nativeEngine(), join(folder, 'toy-h'));
    expect(detector.name).to.equal('toy-h');
    detector.close();
    const card = await readFile(join(folder, 'toy-h', 'CARD.md'), 'utf8');
    expect(card).to.contain('| voc853, every 8th (1), IoU 0.5 | 640 | toy-h |');
    expect(card).to.contain('| ilc, every 10th (1), IoU 0.4 | 320 | YuNet-n |');
  });

  it('goes on from its checkpoint, also with another number of steps', async () => {
    await runDetectorTraining(training({ steps: 3 }));
    expect((await readCheckpoint(join(folder, 'runs', 'run.ckpt')))?.optimizer.steps).to.equal(3);
  });

  it('starts from a weights folder, and refuses a checkpoint of other settings', async () => {
    const other = training({ initial: join(folder, 'toy-h'), rate: 2e-4 });
    const failure = await runDetectorTraining(other).catch((error: unknown) => error);
    expect(String(failure)).to.contain('belongs to a run with other settings');
  });
});

async function noise(path: string, width: number, height: number): Promise<void> {
  const data = Buffer.from(Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 251));
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path);
}
