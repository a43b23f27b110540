import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { command } from './command.mjs';
import { readJson, sourceHash, writeJson } from './files.mjs';
import { inRoot, packaged } from './paths.mjs';
import { SetupError, longStep, say } from './report.mjs';

const serverSources = [
  'server',
  'streams',
  'models',
  'tsconfig.json',
  'tsconfig.build.json',
  'package-lock.json',
];
// The client imports the types of the server's contract, which vanish in the build; only its own files count.
const clientSources = ['client', 'package-lock.json'];
const stampPath = inRoot('dist', '.build-stamp.json');

/**
 * Compiles the server into `dist/` and the dashboard into `dist/client/`, each only when its sources changed.
 *
 * @param {{ force?: boolean }} options
 * @throws {SetupError} with the compiler's messages
 */
export async function setUpBuild({ force = false } = {}) {
  if (packaged) return;
  const [server, client] = await Promise.all([
    sourceHash(serverSources, /\.(ts|json)$/),
    sourceHash(clientSources, /./),
  ]);
  const stamp = force ? undefined : await readJson(stampPath);
  const serverCurrent = stamp?.server === server && existsSync(inRoot('dist/server/cli/main.js'));
  const clientCurrent = stamp?.client === client && existsSync(inRoot('dist/client/index.html'));
  if (serverCurrent && clientCurrent) {
    say('ok', 'build is current');
    return;
  }
  const [serverDone, clientDone] = await longStep('building', () =>
    Promise.allSettled([serverCurrent || buildServer(), clientCurrent || buildClient()]),
  );
  for (const done of [serverDone, clientDone]) {
    if (done.status === 'rejected') throw new SetupError(`The build failed. ${done.reason.message}`);
  }
  await writeJson(stampPath, { server, client });
}

async function buildServer() {
  await command(process.execPath, [inRoot('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  await removeOrphans();
}

async function buildClient() {
  const vite = inRoot('node_modules/vite/bin/vite.js');
  await command(process.execPath, [
    vite,
    'build',
    'client',
    '--outDir',
    inRoot('dist/client'),
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
}

/** The compiler leaves the output of deleted sources behind; what has no source goes. */
async function removeOrphans() {
  for (const part of ['server', 'streams', 'models']) {
    const folder = inRoot('dist', part);
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    for (const entry of entries.filter((found) => found.isFile() && /\.js(\.map)?$/.test(found.name))) {
      const output = join(entry.parentPath ?? entry.path, entry.name);
      const source = relative(inRoot('dist'), output).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(inRoot(source))) await rm(output);
    }
  }
}
