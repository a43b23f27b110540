import { command } from './command.mjs';
import { readJson } from './files.mjs';
import { inRoot, packaged } from './paths.mjs';
import { longStep, say } from './report.mjs';

/**
 * Whether `node_modules` holds exactly what the lock file says, by npm's own record of what it installed.
 *
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, integrity?: string }> } | undefined} lock
 * @param {{ packages?: Record<string, { version?: string, integrity?: string }> } | undefined} installed
 */
export function packagesCurrent(lock, installed) {
  if (lock?.packages === undefined || installed?.packages === undefined) return false;
  // The entry without a path is the project itself.
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const same = wanted.every(([path, { version, optional, integrity }]) => {
    const present = installed.packages[path];
    // Optional packages of other platforms are left out on purpose.
    if (present === undefined) return optional === true;
    return present.version === version && present.integrity === integrity;
  });
  return same && Object.keys(installed.packages).every((path) => path in lock.packages);
}

/** Installs the npm packages of the lock file, without running any package's own install script. */
export async function setUpPackages() {
  // Whoever installed the package has installed what it needs.
  if (packaged) return;
  const lock = await readJson(inRoot('package-lock.json'));
  const installed = await readJson(inRoot('node_modules', '.package-lock.json'));
  if (packagesCurrent(lock, installed)) {
    say('ok', `npm packages (${Object.keys(lock.packages).length - 1} in the lock file)`);
    return;
  }
  await longStep('installing the npm packages', () =>
    command('npm', [
      'ci',
      ...[
        '--ignore-scripts',
        '--include=dev',
        '--include=optional',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ],
    ]),
  );
}
