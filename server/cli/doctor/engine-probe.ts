import { loadEngine } from '../../../models/engine/load-engine.js';

// Run by `doctor` in a process of its own: native code that crashes must not take the report with it.
// oneDNN prints a line for each primitive it executes; the parent counts them.
Object.assign(process.env, { ONEDNN_VERBOSE: '1' });

const backend = process.argv[2] === 'wasm' ? 'wasm' : 'auto';
const { tf, facts } = await loadEngine({
  threads: 1,
  backend,
  onFallback: (reason) => process.send?.({ fallback: reason }),
});
const result = tf.tidy(() => {
  const image = tf.tensor4d(new Float32Array(64 * 64 * 3).fill(1), [1, 64, 64, 3]);
  const filter = tf.tensor4d(new Float32Array(3 * 3 * 3 * 8).fill(1), [3, 3, 3, 8]);
  return tf.conv2d(image, filter, 1, 'valid').max().dataSync()[0];
});
process.send?.({ facts, result });
