import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from '../setup/files.mjs';
import { inRoot, root } from '../setup/paths.mjs';
import { judgeRun } from './counts.mjs';

const reporter = fileURLToPath(new URL('counting-reporter.cjs', import.meta.url));

/** The groups of tests and where they live, in the order in which they run: fast and telling ones first. */
export const groups = {
  repo: ['test/repo'],
  scripts: ['test/scripts'],
  streams: ['test/streams'],
  models: ['test/models'],
  server: ['test/server'],
  client: ['test/client'],
  bench: ['test/bench'],
  e2e: ['test/e2e'],
};

/**
 * Runs one group with mocha, its output live.
 *
 * @param {keyof typeof groups} name
 * @param {string | undefined} grep only tests whose title matches
 * @returns {Promise<import('./counts.mjs').Counts & { complaint?: string }>}
 */
export async function runGroup(name, grep) {
  const folder = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
  const countsFile = join(folder, 'counts.json');
  try {
    const exitCode = await mocha([
      ...['--reporter', reporter, '--reporter-option', `counts=${countsFile}`],
      ...(grep === undefined ? [] : ['--grep', grep]),
      ...groups[name].map((path) => `${path}/**/*.test.{ts,tsx}`),
    ]);
    return judgeRun(await readJson(countsFile), exitCode, grep !== undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<number | null>} the exit code */
function mocha(parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inRoot('node_modules/mocha/bin/mocha.js'), ...parameters], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
