import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  averagePrecision,
  rankCurve,
  recallWithin,
} from '../../../../models/lab/evaluate/average-precision.js';
import { evaluateScenes } from '../../../../models/lab/evaluate/evaluate-scenes.js';
import { detectorAlone } from '../../../../models/lab/evaluate/predict-scenes.js';
import { assignPredictions, readPredictions } from '../../../../models/lab/evaluate/predictions.js';
import type { PredictedFace } from '../../../../models/lab/evaluate/predictions.js';
import { scenesText } from '../../../../models/lab/evaluate/scenes-text.js';
import type { LabelledScene, SceneBox } from '../../../../models/lab/scenes/scene-labels.js';
import type { MaskLabel, WornState } from '../../../../models/mask-classifier.js';

function face(
  x: number,
  score: number,
  label: MaskLabel = 'unknown',
  side = 40,
  probabilities: Partial<Record<WornState, number>> | null = null,
): PredictedFace {
  return {
    box: { x, y: 0, width: side, height: side },
    score,
    label,
    probabilities: probabilities && { mask: 0, no_mask: 0, incorrect: 0, ...probabilities },
  };
}

function truth(x: number, label: WornState, side = 40): SceneBox {
  return { label, box: { x, y: 0, width: side, height: side } };
}

const scenes: LabelledScene[] = [
  {
    file: 'a.jpg',
    width: 800,
    height: 100,
    boxes: [truth(0, 'mask'), truth(100, 'no_mask'), truth(200, 'incorrect', 20)],
  },
  { file: 'b.jpg', width: 400, height: 100, boxes: [truth(0, 'mask', 10)] },
];
const rules = { score: 0.5, iou: 0.5 };

describe('averagePrecision', () => {
  const hits = (...marks: readonly (readonly [number, boolean])[]): { score: number; right: boolean }[] =>
    marks.map(([score, right]) => ({ score, right }));

  it('is the area under the interpolated curve, worked by hand', () => {
    expect(averagePrecision(hits([0.9, true], [0.8, false], [0.7, true]), 3)).to.be.closeTo(5 / 9, 1e-12);
    expect(averagePrecision(hits([0.9, false], [0.8, true], [0.7, true]), 2)).to.be.closeTo(2 / 3, 1e-12);
  });

  it('lets equal scores enter together, is 0 for nothing and null where there is nothing to find', () => {
    expect(averagePrecision(hits([0.9, true], [0.9, false]), 1)).to.equal(0.5);
    expect(averagePrecision([], 4)).to.equal(0);
    expect(averagePrecision(hits([0.9, false]), 0)).to.equal(null);
  });

  it('lies within 0 and 1, and does not care for the order of equal scores', () => {
    const marks = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 30 });
    fc.assert(
      fc.property(marks, (list) => {
        const all = hits(...list.map(([score, right]) => [score / 10, right] as const));
        const positives = Math.max(1, all.filter(({ right }) => right).length);
        const value = averagePrecision(all, positives) ?? -1;
        expect(value).to.be.within(0, 1 + 1e-12);
        expect(averagePrecision([...all].reverse(), positives)).to.be.closeTo(value, 1e-12);
      }),
    );
  });

  it('finds the recall at a number of false positives', () => {
    const points = rankCurve(hits([0.9, true], [0.8, false], [0.7, true], [0.6, false]));
    expect(recallWithin(points, 1, 4)).to.deep.equal({ recall: 0.5, score: 0.7 });
    expect(recallWithin(rankCurve(hits([0.9, false])), 0, 4)).to.deep.equal({ recall: 0, score: null });
  });
});

describe('evaluateScenes', () => {
  // a: mask right at .9, no_mask called mask at .8, incorrect called no_mask at .6, one stray at .7, a double at .55.
  // b: its only box found below the operating score. c.jpg is not in the set; b is named by another folder.
  const predictions = new Map([
    [
      'a.jpg',
      [
        face(0, 0.9, 'mask'),
        face(100, 0.8, 'mask'),
        face(200, 0.6, 'no_mask', 20),
        face(300, 0.7, 'no_mask'),
        face(1, 0.55, 'mask'),
      ],
    ],
    ['/elsewhere/b.jpg', [face(0, 0.4, 'mask', 10)]],
    ['c.jpg', []],
  ]);
  const report = evaluateScenes(scenes, predictions, rules);

  it('counts what was found as the public validation does', () => {
    const { detection } = report;
    expect(detection.ap).to.be.closeTo(0.25 + 0.25 + 0.1875 + 1 / 6, 1e-12);
    expect([detection.recall, detection.precision, detection.falsePerPicture]).to.deep.equal([0.75, 0.6, 1]);
    expect(Object.values(detection.recallBySize).map(({ recall }) => recall)).to.deep.equal([0, 1, 1]);
    expect(detection.recallByClass.mask).to.deep.equal({ recall: 0.5, boxes: 2 });
    expect(detection.recallAtFalsePerPicture['0.5']).to.deep.equal({
      recall: 0.75,
      score: 0.6,
      byClass: {
        mask: { recall: 0.5, boxes: 2 },
        no_mask: { recall: 1, boxes: 1 },
        incorrect: { recall: 1, boxes: 1 },
      },
    });
    expect([report.picturesWithoutLine, report.linesOfOtherPictures]).to.deep.equal([0, 1]);
  });

  it('counts what was said of the faces, in three classes and in two', () => {
    const { classes } = report;
    expect(classes?.ap).to.deep.equal({ mask: 0.75, no_mask: 0, incorrect: 0 });
    expect(classes?.map).to.equal(0.25);
    expect(classes?.twoClassMap).to.equal((0.75 + 0.25) / 2);
    expect(classes?.confusion.counts[2]).to.deep.equal([0, 1, 0, 0]);
    expect(classes?.matched.macroRecall).to.be.closeTo(1 / 3, 1e-12);
    expect(classes?.twoClassAccuracy).to.equal(0.5);
    expect(scenesText(report, null)).to.contain('mAP of three classes 0.250');
  });

  it('tells recall by class at each number of false positives, as it is at that score', () => {
    const { recallAtFalsePerPicture } = report.detection;
    for (const [rate, { score, byClass }] of Object.entries(recallAtFalsePerPicture)) {
      const { detection } = evaluateScenes(scenes, predictions, { ...rules, score: score ?? 1.1 });
      expect(byClass, rate).to.deep.equal(detection.recallByClass);
    }
    // The second surest is right, so one false positive in ten pictures, none in two, is met from 0.8 on.
    expect(recallAtFalsePerPicture['0.1']?.byClass.incorrect).to.deep.equal({ recall: 0, boxes: 1 });
    expect(scenesText(report, null)).to.match(/^0\.5 +0\.600 +0\.750 +0\.500 +1\.000 +1\.000$/m);
  });

  it('tells how the detector does alone, by scores that no reject has lowered', () => {
    // The stray face was surer than the real one until reject lowered it.
    const lowered = new Map([
      [
        'a.jpg',
        [
          { ...face(0, 0.6, 'mask'), detectorScore: 0.7 },
          { ...face(300, 0.1, 'mask'), detectorScore: 0.9 },
        ],
      ],
    ]);
    const alone = detectorAlone(lowered);
    if (alone === null) throw new Error('the scores are told');
    const { detection, classes } = evaluateScenes(scenes, alone, rules);
    expect(classes).to.equal(null);
    expect([detection.ap, detection.precision]).to.deep.equal([0.125, 0.5]);
    expect(evaluateScenes(scenes, lowered, rules).detection.ap).to.equal(0.25);
    const text = scenesText(evaluateScenes(scenes, lowered, rules), detection);
    expect(text).to.contain('Finding faces: AP 0.250').and.to.contain('before reject: AP 0.125');
    expect(detectorAlone(predictions)).to.equal(null);
  });

  it('gives one box to one face, the next best box to the next', () => {
    const near = new Map([['a.jpg', [face(0, 0.9), face(4, 0.8)]]]);
    const judged = evaluateScenes(scenes, near, rules);
    expect(judged.detection.precision).to.equal(0.5);
    expect(judged.classes).to.equal(null);
  });

  it('ranks within a class by score times probability', () => {
    // .9 x .5 = .45 (wrong) comes after .6 x .9 = .54 (right).
    const weighed = new Map([
      [
        'a.jpg',
        [face(300, 0.9, 'mask', 40, { mask: 0.5, no_mask: 0.5 }), face(0, 0.6, 'mask', 40, { mask: 0.9 })],
      ],
    ]);
    expect(evaluateScenes(scenes, weighed, rules).classes?.ap.mask).to.equal(0.5);
  });
});

describe('readPredictions', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-predictions-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function refusal(text: string): Promise<string> {
    const path = join(folder, 'p.ndjson');
    await writeFile(path, text);
    try {
      await readPredictions(path);
      return '';
    } catch (error) {
      return String(error);
    }
  }

  it('reads the lines of classify, a picture that failed among them', async () => {
    const path = join(folder, 'good.ndjson');
    const line = {
      file: 'a.jpg',
      width: 9,
      height: 9,
      faces: [{ x: 1, y: 2, width: 3, height: 4, score: 0.9, label: 'mask', probabilities: { mask: 1 } }],
    };
    await writeFile(
      path,
      `${JSON.stringify(line)}\n\n{"file": "b.jpg", "error": {"code": "x", "message": "y"}}\n`,
    );
    const found = await readPredictions(path);
    expect(found.get('a.jpg')?.[0]?.probabilities).to.deep.equal({ mask: 1, no_mask: 0, incorrect: 0 });
    expect(found.get('b.jpg')).to.deep.equal([]);
  });

  it('names the line that does not fit', async () => {
    expect(await refusal('{"file": "a"}\nnonsense')).to.contain('line 2: not JSON');
    expect(await refusal('{"file": "a", "faces": [{"x": 1}]}')).to.contain('line 1');
    expect(await refusal('{"file": "a"}\n{"file": "a"}')).to.contain('second line for a');
  });

  it('does not guess where two pictures bear one bare name', () => {
    const { linesOfOtherPictures } = assignPredictions(
      ['x/a.jpg', 'y/a.jpg', 'b.jpg'],
      new Map([
        ['a.jpg', []],
        ['b.jpg', []],
      ]),
    );
    expect(linesOfOtherPictures).to.equal(1);
    expect(() => assignPredictions(['b.jpg'], new Map([['c.jpg', []]]))).to.throw('no prediction');
  });
});
