import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { faceClip } from '../../../helpers/media.js';
import { type ProgramResult, runModule } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';

const command = new URL('../../../../server/cli/commands/evaluate.ts', import.meta.url).href;

function evaluate(...args: string[]): Promise<ProgramResult> {
  return runModule(`
    import { evaluateCommand } from '${command}';
    await evaluateCommand().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
}

describe('maskwatch evaluate --video', function () {
  this.timeout(120_000);
  let folder: string;
  let clip: string;
  let truth: string;

  before(async () => {
    folder = temporaryFolder();
    clip = await faceClip();
    truth = join(folder, 'people.json');
    // A truth of nobody: whoever is counted is one too many.
    await writeFile(truth, JSON.stringify({ clip: 'clip.mp4', width: 640, height: 360, people: [] }));
  });

  it('prints how far the count is off, and puts the table into a page', async () => {
    const page = join(folder, 'page.md');
    await writeFile(page, 'before\n<!-- table begins -->\nold\n<!-- table ends -->\nafter\n');
    const { code, stdout, stderr } = await evaluate(
      ...['--video', clip, '--truth', truth, '--fps', '5', '--write', page],
    );
    expect([code, stderr.includes('Error')]).to.deep.equal([0, false]);
    expect(stdout).to.include('| clip.mp4 | 0 | 3 | 1 of 0 |');
    const written = await readFile(page, 'utf8');
    expect(written).to.include('| clip.mp4 | 0 | 3 |').and.not.include('old');
    expect(written.startsWith('before\n')).to.equal(true);
    expect(written.endsWith('<!-- table ends -->\nafter\n')).to.equal(true);
  });

  it('names the file, the field and the rule of a truth that is none', async () => {
    const wrong = join(folder, 'wrong.json');
    await writeFile(wrong, JSON.stringify({ clip: 'clip.mp4', width: 0, height: 360, people: [] }));
    const { code, stderr } = await evaluate('--video', clip, '--truth', wrong);
    expect(code).to.equal(1);
    expect(stderr).to.include('wrong.json: /width: ');
  });

  it('asks for a truth beside a video', async () => {
    const { code, stderr } = await evaluate('--video', clip);
    expect(code).to.equal(2);
    expect(stderr).to.include('--truth');
  });
});
