import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createLayeredDetector } from '../../models/detect/face-api/layered-detector.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import type { Subject } from './subject.js';

/**
 * The obvious way: face-api's SSD layer by layer, then the small CNN face by face, layer by layer.
 *
 * @param rounded in bfloat16, as the product, instead of float32
 */
export async function naiveSubject(threads: number, rounded: boolean): Promise<Subject> {
  const { tf, facts } = await loadEngine({ threads, backend: 'tensorflow', rounded });
  // Without a compiler of graphs, layers run one by one.
  const eager = { tf, facts };
  const detector = await createLayeredDetector(eager, 'face-api-ssd', 0.3);
  const classifier = await loadClassifier(eager, shippedWeights('cnn-2conv'));
  return {
    about: `face-api SSD MobileNetV1 and ${classifier.name}, tfjs ${tf.version_core}, eager`,
    run: async (frames) => {
      let faces = 0;
      for (const image of frames) {
        const [found = []] = await detector.detect([image]);
        for (const { box } of found) await classifier.classify([{ image, box }]);
        faces += found.length;
      }
      return faces;
    },
  };
}
