import { join } from 'node:path';
import type * as TfNode from '@tensorflow/tfjs-node';
import sharp from 'sharp';
import { loadEngine } from '../../models/engine/load-engine.js';
import type { Engine } from '../../models/engine/engine.js';
import type { RgbImage } from '../../models/image.js';
import { type AizooFace, aizooAnchors, aizooFaces, aizooSide } from './aizoo-boxes.js';
import type { Subject } from './subject.js';

/** Finds faces, with and without masks, in one picture. */
export type Aizoo = (image: RgbImage, minScore: number) => Promise<AizooFace[]>;

/**
 * Loads AIZOO's FaceMaskDetection (260x260) as it comes: a SavedModel in one session of TensorFlow. Pictures are scaled with sharp,
 * the fastest of the ways that were tried, and go through one by one: the network gains nothing by batches.
 *
 * @param peers folder that holds `aizoo_260_savedmodel/`
 */
export async function loadAizoo(engine: Engine, peers: string): Promise<Aizoo> {
  const tf = engine.tf as typeof TfNode;
  const model = await tf.node.loadSavedModel(
    join(peers, 'aizoo_260_savedmodel'),
    ['serve'],
    'serving_default',
  );
  const anchors = aizooAnchors();
  const input = new Float32Array(aizooSide * aizooSide * 3);
  sharp.concurrency(1);
  return async (image, minScore) => {
    const { width, height, data } = image;
    const pixels = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize(aizooSide, aizooSide, { fit: 'fill', kernel: 'linear' })
      .raw()
      .toBuffer();
    for (let i = 0; i < input.length; i++) input[i] = (pixels[i] ?? 0) / 255;
    const tensor = tf.tensor4d(input, [1, aizooSide, aizooSide, 3]);
    const outputs = model.predict({ image: tensor }) as TfNode.NamedTensorMap;
    const numbers = (name: string): Float32Array =>
      outputs[name]?.dataSync<'float32'>() ?? new Float32Array();
    const faces = aizooFaces(anchors, numbers('boxes'), numbers('classes'), image, minScore);
    tf.dispose([tensor, ...Object.values(outputs)]);
    return faces;
  };
}

/**
 * AIZOO at the score that its authors advise.
 *
 * @param rounded in bfloat16, as the product, instead of float32 as it comes
 */
export async function aizooSubject(threads: number, peers: string, rounded: boolean): Promise<Subject> {
  const engine = await loadEngine({ threads, backend: 'tensorflow', rounded });
  const aizoo = await loadAizoo(engine, peers);
  return {
    about: `AIZOO 260, SavedModel in TensorFlow ${engine.facts.tensorflow ?? 'absent'}`,
    run: async (frames) => {
      let faces = 0;
      for (const frame of frames) faces += (await aizoo(frame, 0.5)).length;
      return faces;
    },
  };
}
