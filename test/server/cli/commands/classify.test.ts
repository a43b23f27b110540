import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import sharp from 'sharp';
import type { ResultLine } from '../../../../server/cli/classify/result-line.js';
import { nativeEngine } from '../../../models/helpers/engines.js';
import { samplePath } from '../../../models/helpers/pictures.js';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { runModule } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeColourWeights } from '../../../models/helpers/weights-fixture.js';

const command = new URL('../../../../server/cli/commands/classify.ts', import.meta.url).href;

function classify(...args: string[]): Promise<ProgramResult> {
  return runModule(`
    import { classifyCommand } from '${command}';
    await classifyCommand().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
}

function linesOf({ stdout }: ProgramResult): ResultLine[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ResultLine);
}

describe('maskwatch classify', function () {
  this.timeout(120_000);
  let weights: string;
  let pictures: string;

  before(async () => {
    weights = await writeColourWeights((await nativeEngine()).tf);
    pictures = temporaryFolder();
    await mkdir(join(pictures, 'more'));
    await sharp(samplePath(1)).resize(640).toFile(join(pictures, 'b.jpg'));
    await sharp(samplePath(5))
      .resize(480)
      .toFile(join(pictures, 'more', 'a.png'));
    await writeFile(join(pictures, 'broken.jpg'), 'no picture');
    await writeFile(join(pictures, 'labels.json'), '[]');
    await copyFile(samplePath(2), join(pictures, '.hidden.jpg'));
  });

  it('prints one line a file of a folder, in order, and goes on after a file that is no picture', async () => {
    const result = await classify('--json', '--classifier', weights, pictures);
    expect(result.code, result.stderr).to.equal(1);
    const lines = linesOf(result);
    expect(lines.map(({ file }) => file)).to.deep.equal(['b.jpg', 'broken.jpg', 'more/a.png']);
    const [first, second, third] = lines;
    expect(second).to.deep.equal({
      file: 'broken.jpg',
      error: { code: 'not_an_image', message: 'This is no picture' },
    });
    if (first === undefined || 'error' in first || third === undefined || 'error' in third)
      throw new Error('an error');
    expect([first.width, first.height]).to.deep.equal([640, 427]);
    expect(first.faces).to.have.length.within(2, 4);
    expect(third.faces).to.have.length.within(3, 6);
    for (const face of [...first.faces, ...third.faces]) {
      expect(face).to.have.all.keys(
        ...['x', 'y', 'width', 'height', 'score', 'detectorScore', 'label', 'probabilities'],
      );
      expect(face.label).to.be.oneOf(['mask', 'no_mask', 'incorrect', 'unknown']);
      expect(face.probabilities).to.have.all.keys('mask', 'no_mask', 'incorrect');
      const { mask, no_mask, incorrect } = face.probabilities;
      expect(mask + no_mask + incorrect).to.be.closeTo(1, 1e-3);
      expect(face.detectorScore).to.be.within(0, 1);
      // What reject takes away.
      expect(face.score).to.be.within(0, face.detectorScore);
    }
  });

  it('takes each picture for one face where told to', async () => {
    const red = join(temporaryFolder(), 'red.png');
    await sharp({ create: { width: 50, height: 60, channels: 3, background: 'red' } }).toFile(red);
    const result = await classify('--json', '--faces', '--classifier', weights, red);
    expect(result.code, result.stderr).to.equal(0);
    const [line] = linesOf(result);
    if (line === undefined || 'error' in line) throw new Error('an error');
    expect({
      ...line,
      faces: line.faces.map(({ x, y, width, height, label }) => ({ x, y, width, height, label })),
    }).to.deep.equal({
      file: red,
      width: 50,
      height: 60,
      faces: [{ x: 0, y: 0, width: 50, height: 60, label: 'mask' }],
    });
  });

  it('prints a table for people, with nothing but results on standard output', async () => {
    const result = await classify(
      '--classifier',
      weights,
      join(pictures, 'b.jpg'),
      join(pictures, 'nowhere.jpg'),
    );
    expect(result.code).to.equal(1);
    const rows = result.stdout.trimEnd().split('\n');
    expect(rows[0]).to.match(/^file +label +confidence +score +x +y +width +height$/);
    expect(rows[1]).to.match(/b\.jpg +\w+ +\d\.\d\d +\d\.\d\d +\d+ +\d+ +\d+ +\d+$/);
    expect(rows.at(-1)).to.match(/nowhere\.jpg +error: The file cannot be read$/);
    expect(result.stderr).to.contain('1 inputs that could not be read');
  });

  it('prints one line a frame of a video, and says why another cannot be read', async () => {
    const folder = temporaryFolder();
    const video = [
      '-loop',
      '1',
      '-i',
      samplePath(1),
      '-frames:v',
      '3',
      '-vf',
      'scale=320:-2',
      '-pix_fmt',
      'yuv420p',
    ];
    await promisify(execFile)('ffmpeg', ['-v', 'error', ...video, join(folder, 'a.mp4')]);
    await writeFile(join(folder, 'b.mp4'), 'no video');
    const result = await classify('--json', '--classifier', weights, folder);
    expect(result.code, result.stderr).to.equal(1);
    const lines = linesOf(result);
    expect(lines.map((line) => ('error' in line ? line.error.code : line.frame))).to.deep.equal([
      0,
      1,
      2,
      'unreadable',
    ]);
    const [first] = lines;
    if (first === undefined || 'error' in first) throw new Error('an error');
    expect([first.file, first.width, first.height]).to.deep.equal(['a.mp4', 320, 214]);
    expect(first.faces).to.have.length.within(2, 4);
  });

  it('takes patterns, refuses addresses of this machine, names a camera that is not there, and frames the faces', async () => {
    const folder = temporaryFolder();
    const annotated = join(folder, 'annotated');
    const inputs = [join(pictures, '**/*.png'), 'http://127.0.0.1:9/a.jpg', 'webcam:/dev/video-none'];
    const result = await classify('--json', '--classifier', weights, '--annotate', annotated, ...inputs);
    expect(result.code, result.stderr).to.equal(1);
    const [picture, address, camera, ...others] = linesOf(result);
    expect(others).to.deep.equal([]);
    expect(picture).to.have.property('file', join(pictures, 'more', 'a.png'));
    expect(address).to.have.nested.property('error.code', 'forbidden-network');
    expect(camera).to.have.property('file', 'webcam:/dev/video-none');
    expect(camera)
      .to.have.nested.property('error.message')
      .that.matches(/No camera|v4l2/);
    const drawn = sharp(join(annotated, `${join(pictures, 'more', 'a.png').slice(1)}.jpg`));
    expect((await drawn.metadata()).width).to.equal(480);
  });

  it('refuses weights that are damaged, and names what is missing', async () => {
    const damaged = await writeColourWeights((await nativeEngine()).tf);
    await writeFile(join(damaged, 'weights.bin'), 'x');
    const result = await classify('--faces', '--classifier', damaged, pictures);
    expect([result.code, result.stdout]).to.deep.equal([3, '']);
    expect(result.stderr).to.contain('weights.bin is damaged');
    const missing = await classify('--faces', '--classifier', 'no-such-weights', pictures);
    expect(missing.code).to.equal(2);
    expect(missing.stderr).to.contain(join('no-such-weights', 'manifest.json'));
  });
});
