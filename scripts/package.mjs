#!/usr/bin/env node
// `npm run package`: builds, and makes what can be published: dist/package/maskwatch-VERSION.tgz and the client's
// dist/package/maskwatch-client-VERSION.tgz. `--no-build` takes the build as it is.
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { command } from './setup/command.mjs';
import { readJson, writeJson } from './setup/files.mjs';
import { inRoot } from './setup/paths.mjs';
import { say } from './setup/report.mjs';
import { setUpBuild } from './setup/build.mjs';
import { shippedManifest, shrinkwrapOf } from './setup/shipped-manifest.mjs';

const target = inRoot('dist', 'package');

async function pack(folder) {
  const printed = await command('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], {
    cwd: folder,
  });
  const [{ filename, size }] = JSON.parse(printed);
  say('ok', `${join(target, filename)} (${(size / 1e6).toFixed(1)} MB)`);
}

if (!process.argv.includes('--no-build')) await setUpBuild();
await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const staging = await mkdtemp(join(tmpdir(), 'maskwatch-package-'));
try {
  const listed = await command('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  for (const { path } of JSON.parse(listed)[0].files) {
    await mkdir(dirname(join(staging, path)), { recursive: true });
    await cp(inRoot(path), join(staging, path));
  }
  const manifest = await readJson(inRoot('package.json'));
  await writeJson(join(staging, 'package.json'), shippedManifest(manifest));
  // Whoever installs it gets exactly the versions that were tested, the overridden ones too.
  await writeJson(
    join(staging, 'npm-shrinkwrap.json'),
    shrinkwrapOf(await readJson(inRoot('package-lock.json')), shippedManifest(manifest)),
  );
  await pack(staging);

  const client = join(staging, 'client-package');
  await cp(inRoot('client/sdk'), client, { recursive: true });
  await command(process.execPath, [
    inRoot('node_modules/typescript/bin/tsc'),
    ...['-p', inRoot('client/sdk'), '--outDir', join(client, 'dist')],
  ]);
  await pack(client);
} finally {
  await rm(staging, { recursive: true, force: true });
}
