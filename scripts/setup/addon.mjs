import { execFile } from 'node:child_process';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { command } from './command.mjs';
import { ensurePrograms } from './debian.mjs';
import { fingerprint, readJson, writeJson } from './files.mjs';
import { inCache, inDependency, inRoot, root } from './paths.mjs';

const run = promisify(execFile);

/** What a native build needs: program → Debian package. */
const compiler = { 'g++': 'g++', make: 'make', python3: 'python3' };

/** Debian packages that a native build still needs after trying to install them. */
export async function missingCompiler() {
  return ensurePrograms(compiler, 'to build native addons');
}

/**
 * The cached copy of a built addon; the name holds everything its binary depends on.
 *
 * @param {string} key for example "better-sqlite3-12.11.1"
 * @param {string} file name of the addon
 */
export function cachedAddon(key, file) {
  return inCache('addons', `${key}-abi${process.versions.modules}-${process.platform}-${process.arch}`, file);
}

/**
 * Rebuilds one package's addon from source with npm's own node-gyp. Node's headers come from beside the node
 * program where they are, so that nothing is downloaded.
 *
 * @throws {import('./command.mjs').CommandError} with the compiler's last words
 */
export async function buildAddon(packageName) {
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
  await command(
    'npm',
    ['rebuild', packageName, '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'],
    { cwd: holderOf(packageName), env: { ...headers, npm_config_build_from_source: 'true', JOBS: 'max' } },
  );
}

/** The folder whose `node_modules` holds a dependency: there npm rebuilds it. */
function holderOf(packageName) {
  return inDependency(packageName).slice(0, -join('/node_modules', packageName).length);
}

/** Copies a file so that the target appears whole or not at all. */
export async function copyWhole(from, to) {
  await mkdir(dirname(to), { recursive: true });
  const part = join(dirname(to), `.${basename(to)}.${process.pid}.part`);
  await copyFile(from, part);
  await rename(part, to).finally(() => rm(part, { force: true }));
}

/**
 * Loads an addon in a process of its own, so that a crash is only a failed check.
 *
 * @param {string} code CommonJS source that uses the addon and prints one line
 * @returns {Promise<string | undefined>} the line, or `undefined` when it failed
 */
export async function tryInChild(code) {
  try {
    const { stdout } = await run(process.execPath, ['-e', code], {
      cwd: root,
      timeout: 120_000,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
    });
    return stdout.trim().split('\n').at(-1);
  } catch {
    return undefined;
  }
}

/**
 * The answer of `check`, remembered as long as the files it depends on stay as they are.
 *
 * @param {string} name of the stamp
 * @param {string[]} files that the answer depends on
 * @param {() => Promise<string | undefined>} check
 */
export async function remembered(name, files, check) {
  const path = inRoot('node_modules', '.cache', 'maskwatch', `${name}.json`);
  const now = `${process.versions.modules} ${await fingerprint(files)}`;
  const stamp = await readJson(path);
  if (stamp?.files === now && typeof stamp.answer === 'string') return stamp.answer;
  const answer = await check();
  if (answer !== undefined) await writeJson(path, { files: now, answer });
  return answer;
}
