import { mixSeed } from '../random.js';
import { centred } from './architecture.js';
import type { Architecture } from './architecture.js';

/** Two 3x3 convolutions, two max-poolings, two dense layers, softmax: the smallest network that does the job. */
export const cnn2Conv: Architecture = {
  name: 'cnn-2conv',
  size: 64,
  normalisation: centred,
  build(tf, { size, outputs, seed }) {
    const init = (layer: number): ReturnType<typeof tf.initializers.heNormal> =>
      tf.initializers.heNormal({ seed: mixSeed(seed, layer) });
    const model = tf.sequential({ name: 'cnn-2conv' });
    model.add(
      tf.layers.conv2d({
        name: 'conv1',
        inputShape: [size, size, 3],
        filters: 32,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: init(1),
      }),
    );
    model.add(tf.layers.maxPooling2d({ name: 'pool1', poolSize: 2 }));
    model.add(
      tf.layers.conv2d({
        name: 'conv2',
        filters: 64,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: init(2),
      }),
    );
    model.add(tf.layers.maxPooling2d({ name: 'pool2', poolSize: 2 }));
    model.add(tf.layers.flatten({ name: 'flatten' }));
    model.add(tf.layers.dropout({ name: 'dropout1', rate: 0.3 }));
    model.add(tf.layers.dense({ name: 'dense1', units: 64, activation: 'relu', kernelInitializer: init(3) }));
    model.add(tf.layers.dropout({ name: 'dropout2', rate: 0.3 }));
    model.add(tf.layers.dense({ name: 'logits', units: outputs, kernelInitializer: init(4) }));
    model.add(tf.layers.softmax({ name: 'probabilities' }));
    return model;
  },
};
