import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { evaluateScenes } from '../../../../models/lab/evaluate/evaluate-scenes.js';
import { readPredictions } from '../../../../models/lab/evaluate/predictions.js';
import { createRandom } from '../../../../models/lab/random.js';
import { readSceneLabels } from '../../../../models/lab/scenes/scene-labels.js';
import { packageRoot } from '../../../../server/package-root.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

/** The judge of the public validation, where this machine has it. */
const reference = join(packageRoot(), '..', 'shared', 'tools', 'evaluate');
const states = ['mask', 'no_mask', 'incorrect'] as const;

/** Twenty scenes of random faces, and predictions that are near them, beside them, doubled, tied or missing. */
async function writeScenes(): Promise<{ labels: string; predictions: string }> {
  const random = createRandom(5);
  const state = (): (typeof states)[number] => states[random.below(3)] ?? 'mask';
  const scenes = Array.from({ length: 20 }, (_, i) => ({
    file: `${i}.jpg`,
    width: 640,
    height: 480,
    boxes: Array.from({ length: random.below(6) }, (_box, n) => {
      const side = 8 + random.below(60);
      return { label: state(), x: n * 100, y: random.below(300), w: side, h: side + random.below(9) };
    }),
  }));
  const lines = scenes.slice(0, -1).map(({ file, boxes }) => ({
    file,
    faces: boxes
      .flatMap((box) => (random.uniform() < 0.3 ? [box, box] : random.uniform() < 0.2 ? [] : [box]))
      .map(({ label, x, y, w, h }) => {
        const p = states.map(() => 0.05 + random.uniform());
        const sum = p.reduce((a, b) => a + b, 0);
        const [mask = 0, no_mask = 0, incorrect = 0] = p.map((value) => value / sum);
        return {
          x: x + random.normal() * 0.2 * w,
          y: y + random.normal() * 0.2 * h,
          width: w,
          height: h,
          score: Math.round(20 * random.uniform()) / 20,
          label: random.uniform() < 0.1 ? 'unknown' : random.uniform() < 0.7 ? label : state(),
          probabilities: { mask, no_mask, incorrect },
        };
      }),
  }));
  const folder = temporaryFolder();
  const [labels, predictions] = [join(folder, 'labels.json'), join(folder, 'predictions.ndjson')];
  await writeFile(labels, JSON.stringify(scenes));
  await writeFile(predictions, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { labels, predictions };
}

interface Reference {
  readonly detection: Readonly<Record<'ap' | 'recall' | 'precision' | 'fp_per_image', number>> & {
    readonly recall_by_size: Readonly<Record<string, { recall: number | null; boxes: number }>>;
    readonly recall_at_fp_per_image: Readonly<Record<string, { recall: number }>>;
  };
  readonly classes: {
    readonly ap: Readonly<Record<string, number>>;
    readonly map_3class: number;
    readonly map_2class: number;
    readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly matched: Readonly<Record<'macro_recall' | 'accuracy_2class_incorrect_left_out', number>>;
    readonly unknown_rate: number;
  };
}

/** Told of only where there is something to agree with. */
const describeHere = existsSync(reference) ? describe : () => undefined;

describeHere('The figures of scenes', function () {
  this.timeout(30_000);

  it('agree with the judge of the public validation to three decimals', async () => {
    const { labels, predictions } = await writeScenes();
    for (const [iou, score] of [
      [0.5, 0.5],
      [0.4, 0.25],
    ] as const) {
      const flags = ['--iou', String(iou), '--score', String(score)];
      const { stdout } = await promisify(execFile)(reference, ['scenes', ...flags, labels, predictions]);
      const { detection, classes } = JSON.parse(stdout) as Reference;
      const ours = evaluateScenes(await readSceneLabels(labels), await readPredictions(predictions), {
        iou,
        score,
      });
      const said = ours.classes;
      if (said === null) throw new Error('no classes');
      const same = (a: number | null | undefined, b: number | null | undefined, name: string): void => {
        if (typeof a === 'number' && typeof b === 'number') expect(a, name).to.be.closeTo(b, 5e-4);
        else expect(a, name).to.equal(b);
      };
      same(ours.detection.ap, detection.ap, 'AP');
      same(ours.detection.recall, detection.recall, 'recall');
      same(ours.detection.precision, detection.precision, 'precision');
      same(ours.detection.falsePerPicture, detection.fp_per_image, 'false positives');
      for (const [name, { recall, boxes }] of Object.entries(detection.recall_by_size)) {
        same(ours.detection.recallBySize[name]?.recall, recall, name);
        expect(ours.detection.recallBySize[name]?.boxes, name).to.equal(boxes);
      }
      for (const [rate, { recall }] of Object.entries(detection.recall_at_fp_per_image)) {
        same(ours.detection.recallAtFalsePerPicture[String(Number(rate))]?.recall, recall, `at ${rate}`);
      }
      for (const state of states) same(said.ap[state], classes.ap[state], state);
      same(said.map, classes.map_3class, 'mAP');
      same(said.twoClassMap, classes.map_2class, 'mAP of two classes');
      same(said.matched.macroRecall, classes.matched.macro_recall, 'macro recall');
      same(said.twoClassAccuracy, classes.matched.accuracy_2class_incorrect_left_out, 'two classes right');
      same(said.unknownRate, classes.unknown_rate, 'unknown');
      const counts = states.map((truth) =>
        [...states, 'unknown'].map((name) => classes.confusion[truth]?.[name]),
      );
      expect(said.confusion.counts).to.deep.equal(counts);
    }
  });
});
