import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { buildAddon, cachedAddon, copyWhole, missingCompiler, remembered, tryInChild } from './addon.mjs';
import { installAdvice } from './debian.mjs';
import { readJson } from './files.mjs';
import { inDependency } from './paths.mjs';
import { SetupError, longStep, say } from './report.mjs';

const addon = inDependency('better-sqlite3', 'build/Release/better_sqlite3.node');
const check = `const D = require('better-sqlite3'); const d = new D(':memory:');
console.log(d.prepare('select sqlite_version() as v').get().v); d.close();`;

/**
 * Brings in the SQLite addon: as it is, from the cache, or built from source. Nothing works without it.
 *
 * @throws {SetupError} when it cannot be had
 */
export async function setUpSqlite() {
  const version = () => remembered('sqlite', [addon], () => tryInChild(check));
  const { version: release } = await readJson(inDependency('better-sqlite3', 'package.json'));
  const kept = cachedAddon(`better-sqlite3-${release}`, 'better_sqlite3.node');
  let found = existsSync(addon) ? await version() : undefined;
  if (found === undefined && existsSync(kept)) {
    await copyWhole(kept, addon);
    found = await version();
  }
  if (found === undefined) {
    await build();
    found = await version();
    if (found === undefined) throw new SetupError('The SQLite addon was built but does not load.');
    await copyWhole(addon, kept);
  }
  if (!existsSync(kept)) await copyWhole(addon, kept);
  say('ok', `SQLite ${found}`);
}

async function build() {
  const missing = await missingCompiler();
  if (missing.length > 0) {
    throw new SetupError(
      `The SQLite addon must be built, and ${missing.join(', ')} is missing: run "${installAdvice(missing)}" and try again.`,
    );
  }
  await rm(addon, { force: true });
  try {
    await longStep('building the SQLite addon (about a minute)', () => buildAddon('better-sqlite3'));
  } catch (error) {
    throw new SetupError(`The SQLite addon could not be built. ${error.message}`);
  }
}
