import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from './command.mjs';
import { canInstallPackages, ensurePrograms } from './debian.mjs';
import { fileSha256 } from './files.mjs';
import { inCache } from './paths.mjs';
import { longStep, say } from './report.mjs';

/** The release whose library is used, and the checksum that its wheel must have. */
export const tensorflowVersion = '2.15.1';
const wheelName = `tensorflow_cpu-${tensorflowVersion}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`;
const wheelSha256 = '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26';

/**
 * The TensorFlow wheel, from the cache or by pip; its checksum is proved either way.
 *
 * @returns {Promise<string>} its path
 * @throws {Error} when it cannot be had, with the reason
 */
export async function tensorflowWheel() {
  const wheel = inCache('wheels', wheelName);
  if (existsSync(wheel)) {
    if ((await fileSha256(wheel)) === wheelSha256) return wheel;
    say('warn', 'the TensorFlow wheel in the cache is damaged; fetching it again');
    await rm(wheel, { force: true });
  }
  await ensurePip();
  await mkdir(inCache('wheels'), { recursive: true });
  const folder = await mkdtemp(inCache('wheels', '.fetching-'));
  try {
    await longStep(`fetching TensorFlow ${tensorflowVersion} (207 MB)`, () => download(folder));
    const [name] = (await readdir(folder)).filter((file) => file.endsWith('.whl'));
    if (name === undefined) throw new Error('pip fetched no wheel');
    const fetched = join(folder, name);
    if ((await fileSha256(fetched)) !== wheelSha256) throw new Error('the wheel has the wrong checksum');
    await rename(fetched, wheel);
    return wheel;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(folder) {
  const options = [
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '1',
    '--no-deps',
    '--only-binary=:all:',
  ];
  const python = ['--python-version', '311', '--implementation', 'cp', '--abi', 'cp311'];
  const target = [
    '--platform',
    'manylinux2014_x86_64',
    '--dest',
    folder,
    `tensorflow-cpu==${tensorflowVersion}`,
  ];
  try {
    await command('python3', ['-m', 'pip', 'download', ...options, ...python, ...target]);
  } catch (error) {
    const lastWords = error.message
      .trim()
      .split('\n')
      .at(-1)
      .replace(/^ERROR: /, '');
    throw new Error(`TensorFlow could not be fetched; is there a network? pip says: ${lastWords}`, {
      cause: error,
    });
  }
}

/** @throws {Error} when pip is missing and cannot be installed */
async function ensurePip() {
  const works = () =>
    command('python3', ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
  if (await works()) return;
  if (canInstallPackages()) await ensurePrograms({ pip3: 'python3-pip' }, 'to fetch TensorFlow');
  if (!(await works()))
    throw new Error('pip is missing: run "sudo apt-get install python3-pip" and try again');
}
