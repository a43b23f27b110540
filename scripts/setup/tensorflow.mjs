import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAddon, cachedAddon, copyWhole, missingCompiler, remembered, tryInChild } from './addon.mjs';
import { command } from './command.mjs';
import { installAdvice } from './debian.mjs';
import { readJson } from './files.mjs';
import { inDependency } from './paths.mjs';
import { longStep, say, shout } from './report.mjs';
import { tensorflowVersion, tensorflowWheel } from './tensorflow-wheel.mjs';

const folder = inDependency('@tensorflow/tfjs-node');
const deps = `${folder}/deps`;
const library = `${deps}/lib/libtensorflow_cc.so.2`;
const framework = `${deps}/lib/libtensorflow_framework.so.2`;
const addon = `${folder}/lib/napi-v8/tfjs_binding.node`;
const check = `const tf = require('@tensorflow/tfjs-node'); tf.ready().then(() => {
if (tf.getBackend() !== 'tensorflow') process.exit(1);
const y = tf.conv2d(tf.ones([1, 4, 4, 3]), tf.ones([2, 2, 3, 1]), 1, 'valid').arraySync();
if (y[0][0][0][0] !== 12) process.exit(1);
console.log(tf.backend().binding.TF_Version); });`;

/**
 * Brings in TensorFlow's library and tfjs-node's addon. Where that is not possible the product goes on with the
 * WebAssembly backend: several times slower, and said loudly.
 *
 * @returns {Promise<{ backend: 'tensorflow' | 'wasm', tensorflow?: string, reason?: string }>}
 */
export async function setUpTensorflow() {
  try {
    const version = (await current()) ?? (await install());
    say('ok', `TensorFlow ${version}, native`);
    return { backend: 'tensorflow', tensorflow: version };
  } catch (error) {
    shout([
      'TensorFlow could not be set up: analysis falls back to WebAssembly, several times slower.',
      ...`Reason: ${error.message}`.split('\n'),
      'Put it right and start again; set-up tries anew each time.',
    ]);
    return { backend: 'wasm', reason: error.message.split('\n', 1)[0] };
  }
}

/** TensorFlow's version when the addon works; a working one of the right release is kept for the next clone. */
async function current() {
  if (![library, framework, addon].every((file) => existsSync(file))) return undefined;
  const version = await remembered('tensorflow', [library, framework, addon], () => tryInChild(check));
  if (version === tensorflowVersion) {
    const kept = await keptAddon();
    if (!existsSync(kept)) await copyWhole(addon, kept);
  }
  return version;
}

async function keptAddon() {
  const { version } = await readJson(`${folder}/package.json`);
  return cachedAddon(`tfjs-node-${version}-tensorflow-${tensorflowVersion}`, 'tfjs_binding.node');
}

/** @returns {Promise<string>} TensorFlow's version */
async function install() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`there is no TensorFlow library for ${process.platform} on ${process.arch}`);
  }
  const kept = await keptAddon();
  const missing = existsSync(kept) ? [] : await missingCompiler();
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} is missing: run "${installAdvice(missing)}"`);
  const wheel = await tensorflowWheel();
  await longStep(`unpacking TensorFlow ${tensorflowVersion}`, () => unpack(wheel));
  if (existsSync(kept)) {
    await copyWhole(kept, addon);
    const works = await current();
    if (works !== undefined) return works;
  }
  await rm(addon, { force: true });
  await longStep('building the TensorFlow addon', () => buildAddon('@tensorflow/tfjs-node'));
  const built = await current();
  if (built === undefined) throw new Error('the TensorFlow addon was built but does not run');
  await copyWhole(addon, kept);
  return built;
}

/** The package's `deps` folder appears whole or not at all. */
async function unpack(wheel) {
  const part = `${deps}.${process.pid}.part`;
  try {
    await command('python3', [fileURLToPath(new URL('unpack-wheel.py', import.meta.url)), wheel, part]);
    await rm(deps, { recursive: true, force: true });
    await rename(part, deps);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
