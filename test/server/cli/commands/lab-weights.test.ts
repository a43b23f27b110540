import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LayerSensitivity } from '../../../../models/lab/robustness/sensitivity.js';
import type { PerturbationResult } from '../../../../models/lab/robustness/perturb-layers.js';
import { nativeEngine } from '../../../models/helpers/engines.js';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { runModule } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeColourWeights } from '../../../models/helpers/weights-fixture.js';
import { writeToyFaces } from '../../../models/lab/toy-faces.js';

/** Runs a command of the command line in a process of its own. */
function run(name: 'export' | 'quantize' | 'robustness', ...args: string[]): Promise<ProgramResult> {
  const file = new URL(`../../../../server/cli/commands/${name}.ts`, import.meta.url).href;
  return runModule(`
    import { ${name}Command } from '${file}';
    await ${name}Command().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
}

describe('Commands on weights', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let weights = '';
  let data = '';

  before(async () => {
    weights = await writeColourWeights((await nativeEngine()).tf);
    data = await writeToyFaces(2);
  });

  it('export: a SavedModel, with its inputs and outputs told', async () => {
    const target = join(folder, 'saved-model');
    const result = await run('export', weights, '--out', target);
    expect(result.code, result.stderr).to.equal(0);
    expect(await readdir(target)).to.deep.equal(['saved_model.pb']);
    expect(result.stdout).to.contain('pixels: string [k]').and.to.contain('probabilities: float32 [n, 4]');
    const json = await run('export', weights, '--out', target, '--json');
    expect(JSON.parse(json.stdout)).to.include({ weights: 'colours', signature: 'serving_default' });
  });

  it('quantize: folders of both kinds, each with a card, and one table', async () => {
    const result = await run('quantize', weights, '--out', folder, '--data', data);
    expect(result.code, result.stderr).to.equal(0);
    const lines = result.stdout.trimEnd().split('\n');
    expect(lines[0]).to.match(/^weights +size +of the first +accuracy +lost +macro recall +lost$/);
    expect(lines.slice(1).map((line) => line.split(' ')[0])).to.deep.equal([
      'colours',
      'colours-float16',
      'colours-int8',
    ]);
    const card = await readFile(join(folder, 'colours-int8', 'CARD.md'), 'utf8');
    expect(card).to.contain('# colours-int8').and.to.contain('Measured on 6 labelled faces');
  });

  it('quantize: refuses a precision that there is not', async () => {
    const result = await run('quantize', weights, '--to', 'int4');
    expect([result.code, result.stdout]).to.deep.equal([1, '']);
    expect(result.stderr).to.contain('There are float16, int8.');
  });

  it('robustness: a table with a summary, or JSON, and a heat map', async () => {
    const picture = join(folder, 'maps', 'heat.svg');
    const args = [weights, '--data', data, '--scalars', '0.5,1,-1', '--heat-map', picture];
    const result = await run('robustness', ...args);
    expect(result.code, result.stderr).to.equal(0);
    expect(result.stdout)
      .to.match(/^layer +0\.5 +1 +-1$/m)
      .and.to.contain('Most sensitive: ');
    expect(await readFile(picture, 'utf8')).to.match(/^<svg /);
    const json = await run('robustness', ...args, '--json');
    const { faces, layers, ranked } = JSON.parse(json.stdout) as PerturbationResult & {
      readonly ranked: readonly LayerSensitivity[];
    };
    expect([faces, layers.length, ranked.length]).to.deep.equal([6, 1, 1]);
  });

  it('all of them: refuse damaged weights, and name what is missing', async () => {
    const damaged = await writeColourWeights((await nativeEngine()).tf);
    await writeFile(join(damaged, 'weights.bin'), 'x');
    for (const [name, ...more] of [
      ['export', '--out', join(folder, 'none')],
      ['quantize', '--out', folder],
      ['robustness', '--data', data],
    ] as const) {
      const result = await run(name, damaged, ...more);
      expect([result.code, result.stdout], result.stderr).to.deep.equal([3, '']);
      expect(result.stderr).to.contain('weights.bin is damaged');
    }
    expect((await run('export', 'no-such-weights', '--out', folder)).code).to.equal(2);
    expect((await run('robustness', weights, '--data', folder)).code).to.equal(2);
  });
});
