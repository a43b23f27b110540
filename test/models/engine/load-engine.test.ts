import { expect } from 'chai';
import { hasMatrixUnit } from '../../../models/engine/matrix-unit.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { runModule } from '../helpers/run-module.js';

const door = new URL('../../../models/engine/load-engine.ts', import.meta.url).href;

/** Runs a piece of a module, which has `loadEngine`, in a process of its own. */
async function inProcess(code: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const {
    code: exit,
    stdout,
    stderr,
  } = await runModule(`import { loadEngine } from '${door}';\n${code}`, env);
  expect(exit, stderr).to.equal(0);
  return stdout;
}

const convolution = `
const { tf } = engine;
const x = tf.randomUniform([1, 32, 32, 16]);
const filter = tf.randomUniform([3, 3, 16, 16]);
console.log('result', tf.conv2d(x, filter, 1, 'same').shape.join());`;

describe('loadEngine', function () {
  this.timeout(120_000);

  it('computes with oneDNN where it says so', async function () {
    const code = `const engine = await loadEngine({ threads: 1, backend: 'tensorflow' });
      console.log(JSON.stringify(engine.facts));${convolution}`;
    const output = await inProcess(code, { ONEDNN_VERBOSE: '1' });
    const facts = JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}') as {
      backend?: string;
      tensorflow?: string;
      oneDnn?: boolean;
      threads?: number;
    };
    expect(facts.backend).to.equal('tensorflow');
    expect(facts.tensorflow).to.match(/^\d+\.\d+\.\d+/);
    expect(facts.threads).to.equal(1);
    expect(output).to.contain('result 1,32,32,16');
    if (facts.oneDnn === true) expect(output).to.match(/^onednn_verbose,.*exec,cpu,convolution/m);
  });

  it('computes without oneDNN where it is turned off', async () => {
    const code = `const engine = await loadEngine({ threads: 1, backend: 'tensorflow', oneDnn: false });
      console.log(engine.facts.oneDnn);${convolution}`;
    const output = await inProcess(code, { ONEDNN_VERBOSE: '1' });
    expect(output).to.contain('false\n').and.to.contain('result 1,32,32,16');
    // A matrix product here and there is oneDNN's even then; the convolutions are Eigen's.
    expect(output).not.to.match(/^onednn_verbose,.*exec,cpu,convolution/m);
  });

  it('rounds what it multiplies only where that is asked for and the processor has a unit for it', async function () {
    if (!hasMatrixUnit()) this.skip();
    const of = (rounded: boolean) =>
      inProcess(
        `const engine = await loadEngine({ threads: 1, backend: 'tensorflow', rounded: ${rounded} });${convolution}`,
        { ONEDNN_VERBOSE: '1' },
      );
    expect(await of(true)).to.match(/^onednn_verbose,exec,cpu,convolution,[^,]*_amx,/m);
    expect(await of(false)).not.to.match(/^onednn_verbose,exec,cpu,convolution,[^,]*_amx,/m);
  });

  it('finds no such unit where the system lists none', () => {
    expect(hasMatrixUnit('/proc/version')).to.equal(false);
    expect(hasMatrixUnit('/no/such/file')).to.equal(false);
  });

  it('computes on wasm, without graphs, when asked to', async () => {
    const code = `const engine = await loadEngine({ threads: 4, backend: 'wasm' });
      console.log(JSON.stringify(engine.facts), typeof engine.compile, engine.tf.getBackend());${convolution}`;
    const output = await inProcess(code);
    expect(output).to.contain('{"backend":"wasm","oneDnn":false,"threads":1} undefined wasm');
    expect(output).to.contain('result 1,32,32,16');
  });

  it('goes on with wasm and says why when TensorFlow cannot be loaded', async () => {
    // The first of the native library's dependencies that is asked for is made to fail.
    const code = `import { createRequire } from 'node:module';
      const Module = createRequire('${door}')('node:module');
      const load = Module._load;
      Module._load = (name, ...rest) => {
        if (name === '@tensorflow/tfjs-node') throw new Error('library is missing\\nsecond line');
        return load(name, ...rest);
      };
      const engine = await loadEngine({ threads: 1, onFallback: (reason) => console.log('because', reason) });
      console.log(engine.facts.backend);`;
    const output = await inProcess(code);
    expect(output).to.equal('because TensorFlow cannot be loaded (library is missing)\nwasm\n');
  });

  it('refuses a number of threads that cannot be', async () => {
    let message = '';
    await loadEngine({ threads: 0 }).catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('threads').and.to.contain('got 0');
  });
});
