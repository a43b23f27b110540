import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { loadOwnDetector } from '../../../../models/detect/own/own-detector.js';
import { overlap } from '../../../../models/detect/overlap.js';
import { exportDetector } from '../../../../models/lab/export-graph/export-detector.js';
import { packageRoot } from '../../../../server/package-root.js';
import { graphEngine } from '../../helpers/engines.js';
import { samplePath } from '../../helpers/pictures.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const weights = join(packageRoot(), 'models', 'weights', 'maskwatch-h');

describe('exportDetector', function () {
  this.timeout(60_000);

  for (const side of [320, 640]) {
    it(`writes a graph that finds the faces of a picture of ${side} pixels from raw bytes`, async () => {
      const engine = await graphEngine();
      const tensors = engine.tf.memory().numTensors;
      const report = await exportDetector(engine, weights, temporaryFolder(), side);
      expect(report.largestDifference).to.be.within(0, 1e-4);
      const data = await sharp(samplePath(1))
        .resize(side, side, { fit: 'contain' })
        .removeAlpha()
        .raw()
        .toBuffer();
      const graph = await engine.compile(await readFile(report.file));
      const { boxes, scores, count } = graph.run({ pixels: [data, data] });
      graph.close();
      expect([boxes?.shape, scores?.shape]).to.deep.equal([
        [2, 300, 4],
        [2, 300],
      ]);

      const detector = await loadOwnDetector(engine, weights, { inputSide: side });
      const [wanted = []] = await detector.detect([{ width: side, height: side, data }]);
      detector.close();
      expect(wanted).not.to.be.empty;
      expect([...(count?.data ?? [])]).to.deep.equal([wanted.length, wanted.length]);
      wanted.forEach(({ box, score }, i) => {
        expect(scores?.data[i]).to.be.closeTo(score, 1e-3);
        const [top = 0, left = 0, bottom = 0, right = 0] = boxes?.data.subarray(i * 4) ?? [];
        const got = { x: left, y: top, width: right - left, height: bottom - top };
        // The product may move a kept box a little by those that it suppressed.
        expect(overlap(got, box)).to.be.greaterThan(0.8);
      });
      expect(engine.tf.memory().numTensors).to.equal(tensors);
    });
  }

  it('refuses a side that the strides do not divide', async () => {
    const error = await exportDetector(await graphEngine(), weights, temporaryFolder(), 300).catch(
      (e: unknown) => e,
    );
    expect(String(error)).to.contain('multiple of 32');
  });
});
