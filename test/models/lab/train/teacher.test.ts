import { join } from 'node:path';
import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { lessonLoss } from '../../../../models/lab/train/lesson-loss.js';
import { runTraining } from '../../../../models/lab/train/run-training.js';
import { openTeacher, soften } from '../../../../models/lab/train/teacher.js';
import { nativeEngine } from '../../helpers/engines.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { toyData, toyRun } from '../toy-run.js';
import type { ToyData } from '../toy-run.js';
import { toyFacts } from '../toy-weights.js';

const plain = { labelSmoothing: 0, classWeights: [] };

describe('A teacher', function () {
  this.timeout(120_000);
  let engine: Engine;
  let data: ToyData;
  before(async () => {
    engine = await nativeEngine();
    data = await toyData();
  });

  it('speaks of the student’s classes, softened, each row a sum of 1', () => {
    const said = Float32Array.from([0.5, 0.2, 0.1, 0.2]);
    const classes = ['mask', 'no_mask', 'incorrect', 'reject'] as const;
    const rounded = (rows: Float32Array): number[] => [...rows].map((p) => Math.round(1000 * p) / 1000);
    expect(rounded(soften(said, classes, 4, 1))).to.deep.equal([0.5, 0.2, 0.1, 0.2]);
    expect(rounded(soften(said, classes, 3, 1))).to.deep.equal([0.625, 0.25, 0.125]);
    expect(rounded(soften(said, classes, 2, 1))).to.deep.equal([0.625, 0.375]);
    const soft = soften(said, classes, 2, 2);
    expect((soft[0] ?? 0) / (soft[1] ?? 1)).to.be.closeTo(Math.sqrt(5 / 3), 1e-5);
  });

  it('takes its share of the loss where it has an opinion, and leaves the label the rest', () => {
    const { tf } = engine;
    const losses = tf.tidy(() => {
      const logits = tf.tensor2d([[2, 0, -1]]);
      const truth = tf.tensor1d([0], 'int32');
      const loss = (teacher: number[] | null, share: number, temperature = 1): number =>
        lessonLoss(tf, logits, truth, teacher && Float32Array.from(teacher), {
          ...plain,
          distillation: { share, temperature },
        }).dataSync()[0] ?? NaN;
      const q = [0.2, 0.5, 0.3];
      return {
        label: loss(null, 1),
        all: loss(q, 1),
        half: loss(q, 0.5),
        silent: loss([0, 0, 0], 0.5),
        warm: loss(q, 1, 2),
      };
    });
    const logSum = Math.log(Math.exp(2) + 1 + Math.exp(-1));
    expect(losses.label).to.be.closeTo(logSum - 2, 1e-5);
    expect(losses.all).to.be.closeTo(logSum - (0.2 * 2 - 0.3), 1e-5);
    expect(losses.half).to.be.closeTo((losses.label + losses.all) / 2, 1e-5);
    expect(losses.silent).to.be.closeTo(losses.label, 1e-5);
    const warmSum = Math.log(Math.E + 1 + Math.exp(-0.5));
    expect(losses.warm).to.be.closeTo(4 * (warmSum - (0.2 - 0.15)), 1e-5);
  });

  it('moves what its student learns, on pictures and on frozen features, and may see larger pictures', async () => {
    const { tf } = engine;
    const folder = join(temporaryFolder(), 'toy');
    const teacher = architectureNamed('cnn-2conv').build(tf, { size: 32, outputs: 3, seed: 9 });
    await writeWeights(folder, teacher, toyFacts({ inputSize: 32 }));
    teacher.dispose();
    const tensors = tf.memory().numTensors;
    const lossOf = async (out: string, taught: boolean, frozen: boolean): Promise<number> => {
      const { model, history } = await runTraining(
        engine,
        toyRun(data, out, {
          ...(taught ? { teacher: { folder, share: 0.7, temperature: 2 } } : {}),
          ...(frozen ? { freeze: { kind: 'backbone' }, featureViews: 2 } : {}),
        }),
      );
      model.dispose();
      return history[0]?.loss ?? NaN;
    };
    expect(await lossOf('taught', true, false)).not.to.be.closeTo(await lossOf('alone', false, false), 1e-3);
    expect(await lossOf('taught-head', true, true)).not.to.be.closeTo(
      await lossOf('head', false, true),
      1e-3,
    );
    expect(tf.memory().numTensors).to.equal(tensors);
  });

  it('says nothing of what it has no class for', async () => {
    const folder = join(temporaryFolder(), 'toy');
    const network = architectureNamed('cnn-2conv').build(engine.tf, { size: 24, outputs: 3, seed: 9 });
    await writeWeights(folder, network, toyFacts());
    network.dispose();
    const teacher = await openTeacher(engine, { folder, share: 1, temperature: 1 }, 4);
    expect([0, 1, 2, 3].map((output) => teacher.covers(output))).to.deep.equal([true, true, true, false]);
    teacher.close();
  });
});
