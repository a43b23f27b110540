import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { packageRoot } from '../../../../server/package-root.js';
import { nativeEngine } from '../../../models/helpers/engines.js';
import { samplePath } from '../../../models/helpers/pictures.js';
import { pyTorchWeights, writeSafetensors } from '../../../models/helpers/py-torch-weights.js';
import { runModule } from '../../../models/helpers/run-module.js';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';

/** Runs the command in a process of its own. */
function check(...args: string[]): Promise<ProgramResult> {
  const file = new URL('../../../../server/cli/commands/check-pretrained.ts', import.meta.url).href;
  return runModule(`
    import { checkPretrainedCommand } from '${file}';
    await checkPretrainedCommand().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
}

interface Report {
  readonly norms: readonly object[];
  readonly limits: { readonly mean: number; readonly variance: number };
  readonly fits: boolean;
}

describe('maskwatch check-pretrained', function () {
  this.timeout(60_000);

  it('fails where a norm is further off than the limits, names the first, and takes other limits', async () => {
    const { tf } = await nativeEngine();
    const model = architectureNamed('mobilenet-v2').build(tf, { size: 64, outputs: 2, seed: 1 });
    const file = join(temporaryFolder(), 'weights.safetensors');
    await writeSafetensors(
      file,
      pyTorchWeights(model, (name) => name),
    );
    model.dispose();
    const asked = [file, samplePath(1), '--arch', 'mobilenet-v2', '--size', '64'];
    const wrong = await check(...asked);
    expect(wrong.code, wrong.stderr).to.equal(1);
    expect(wrong.stdout).to.match(
      /^The import does not fit these photographs: \d+ of 52 norms are not within 0\.5 and 3, first features/m,
    );
    const wide = await check(...asked, '--most-mean', '1e6', '--most-variance', '1e9', '--json');
    expect(wide.code, wide.stderr).to.equal(0);
    const { norms, limits, fits } = JSON.parse(wide.stdout) as Report;
    expect([norms.length, fits]).to.deep.equal([52, true]);
    expect(limits).to.deep.equal({ mean: 1e6, variance: 1e9 });
  });
});

/** Published weights and natural photographs, where this machine has them. */
const shared = join(packageRoot(), '..', 'shared', 'data');
const published = {
  'mobilenet-v2': join(shared, 'pretrained', 'mobilenet_v2_100_224.safetensors'),
  'efficientnet-lite0': join(shared, 'pretrained', 'efficientnet_lite0_224.safetensors'),
};
const photographs = join(shared, 'scenes', 'voc853', 'images');

for (const [arch, file] of Object.entries(published)) {
  // Told of only where there is something to check.
  if (!existsSync(file) || !existsSync(photographs)) continue;
  describe(`The published weights of ${arch}`, function () {
    this.timeout(120_000);

    it('find on photographs the means and variances that they have stored', async () => {
      const all = readdirSync(photographs).sort();
      const chosen = all.filter((_, at) => at % Math.ceil(all.length / 24) === 0);
      const paths = chosen.map((name) => join(photographs, name));
      const { code, stdout, stderr } = await check(file, ...paths, '--arch', arch);
      expect(code, `${stdout}${stderr}`).to.equal(0);
      expect(stdout).to.contain('The import fits: all norms are within 0.5 and 3.');
    });
  });
}
