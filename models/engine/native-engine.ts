import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as TfNode from '@tensorflow/tfjs-node';
import type { CompiledGraph, Engine, GraphInput, GraphOutput } from './engine.js';

type NodeTf = typeof TfNode;

/** The parts of the node backend that its types do not show. */
interface NodeBackend {
  readonly binding: { readonly TF_Version: string };
}

/** TensorFlow's settings; they hold for the whole process. */
export interface NativeSettings {
  /** For TensorFlow's two pools. */
  readonly threads: number;
  /** Whether TensorFlow is to use oneDNN's kernels; without the setting it decides by the kind of CPU. */
  readonly oneDnn: boolean;
  /** Whether oneDNN may round what it multiplies to bfloat16 (8 bits of precision); sums stay float32. */
  readonly bfloat16: boolean;
}

/**
 * Loads tfjs-node, the only place that does.
 *
 * @throws Error where the native addon or its library is missing or does not fit
 */
export function loadNativeEngine({ threads, oneDnn, bfloat16 }: NativeSettings): Engine {
  Object.assign(process.env, {
    TF_NUM_INTEROP_THREADS: String(threads),
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_ENABLE_ONEDNN_OPTS: oneDnn ? '1' : '0',
    ONEDNN_DEFAULT_FPMATH_MODE: bfloat16 ? 'BF16' : 'STRICT',
    TF_CPP_MIN_LOG_LEVEL: '2',
  });
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as NodeTf;
  tf.enableProdMode();
  const { binding } = tf.backend() as unknown as NodeBackend;
  return {
    tf: tf,
    facts: {
      backend: 'tensorflow',
      tensorflow: binding.TF_Version,
      // Other builds of the library come without oneDNN; the switch is then without effect.
      oneDnn: oneDnn && process.arch === 'x64' && process.platform === 'linux',
      threads,
    },
    compile: (savedModel) => compile(tf, savedModel),
  };
}

/** tfjs-node loads a SavedModel from a folder only, and needs the folder no longer once it is loaded. */
async function compile(tf: NodeTf, savedModel: Uint8Array): Promise<CompiledGraph> {
  const folder = await mkdtemp(join(tmpdir(), 'maskwatch-graph-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), savedModel);
    const model = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default');
    return new NativeGraph(tf, model);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type SavedModel = Awaited<ReturnType<NodeTf['node']['loadSavedModel']>>;

class NativeGraph implements CompiledGraph {
  readonly #tf: NodeTf;
  readonly #model: SavedModel;
  #closed = false;

  constructor(tf: NodeTf, model: SavedModel) {
    this.#tf = tf;
    this.#model = model;
  }

  run(inputs: Readonly<Record<string, GraphInput>>): Record<string, GraphOutput> {
    const tf = this.#tf;
    const fed: TfNode.NamedTensorMap = {};
    let results: TfNode.NamedTensorMap = {};
    try {
      for (const [name, value] of Object.entries(inputs)) fed[name] = toTensor(tf, value);
      results = this.#model.predict(fed) as TfNode.NamedTensorMap;
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [
          name,
          { shape: tensor.shape, data: tensor.dataSync<'float32'>() },
        ]),
      );
    } finally {
      tf.dispose([...Object.values(fed), ...Object.values(results)]);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#model.dispose();
  }
}

function toTensor(tf: NodeTf, value: GraphInput): TfNode.Tensor {
  if (value instanceof Int32Array) return tf.tensor1d(value, 'int32');
  // The types know strings only, but bytes are what tfjs makes of those.
  return tf.tensor(value, [value.length], 'string');
}
