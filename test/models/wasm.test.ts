import { expect } from 'chai';
import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createDetector } from '../../models/detect/create-detector.js';
import { overlap } from '../../models/detect/overlap.js';
import type { LabelledFace } from '../../models/label-faces.js';
import { labelFaces } from '../../models/label-faces.js';
import { nativeEngine } from './helpers/engines.js';
import { samplePicture } from './helpers/pictures.js';
import { runModule } from './helpers/run-module.js';
import { writeColourWeights } from './helpers/weights-fixture.js';

const url = (path: string): string => new URL(path, import.meta.url).href;

/** Labels the first sample photograph on wasm, in a process of its own: one process has one engine. */
async function labelOnWasm(
  detector: string,
  weights: string,
): Promise<{ faces: LabelledFace[]; grown: number }> {
  const source = `
    import { loadEngine } from '${url('../../models/engine/load-engine.ts')}';
    import { createDetector } from '${url('../../models/detect/create-detector.ts')}';
    import { loadClassifier } from '${url('../../models/classify/weights-classifier.ts')}';
    import { labelFaces } from '${url('../../models/label-faces.ts')}';
    import { samplePicture } from '${url('./helpers/pictures.ts')}';
    const engine = await loadEngine({ threads: 1, backend: 'wasm' });
    const detector = await createDetector('${detector}', engine, { minScore: 0.5 });
    const classifier = await loadClassifier(engine, '${weights}');
    const image = await samplePicture(1, 640, 360);
    const before = engine.tf.memory().numTensors;
    const [faces] = await labelFaces(detector, classifier, [image]);
    console.log(JSON.stringify({ faces, grown: engine.tf.memory().numTensors - before }));`;
  const { stdout, stderr } = await runModule(source);
  expect(stdout, stderr).to.match(/^\{/);
  return JSON.parse(stdout) as { faces: LabelledFace[]; grown: number };
}

describe('The wasm engine', function () {
  this.timeout(120_000);

  for (const name of ['maskwatch-h', 'face-api-ssd', 'face-api-tiny']) {
    it(`finds and labels with ${name} what TensorFlow finds and labels`, async () => {
      const engine = await nativeEngine();
      const weights = await writeColourWeights(engine.tf);
      const detector = await createDetector(name, engine, { minScore: 0.5 });
      const classifier = await loadClassifier(engine, weights);
      const [expected = []] = await labelFaces(detector, classifier, [await samplePicture(1, 640, 360)]);
      detector.close();
      classifier.close();
      const { faces, grown } = await labelOnWasm(name, weights);
      expect(grown).to.equal(0);
      expect(faces).to.have.length(expected.length).and.to.have.length.above(1);
      for (const { box, score, classification } of faces) {
        const twin = expected.find((other) => overlap(other.box, box) > 0.9);
        expect(twin?.score).to.be.closeTo(score, 0.03);
        // Boxes may differ by a pixel, and with them what is cut out.
        expect(twin?.classification.probabilities.mask).to.be.closeTo(
          classification.probabilities.mask,
          0.05,
        );
      }
    });
  }
});
