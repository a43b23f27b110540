import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

/**
 * Whether `node_modules` holds the versions of the lock file, by npm's own record.
 *
 * @param root the project's folder
 */
export async function packageFinding(root: string): Promise<Finding> {
  const name = 'npm packages';
  // An installed package has no lock file of its own: npm has seen to its dependencies.
  if (existsSync(join(root, 'npm-shrinkwrap.json'))) return fine(name, 'as installed with the package');
  const remedy = 'npm run setup';
  const [wanted, installed] = await Promise.all([
    readLock(join(root, 'package-lock.json')),
    readLock(join(root, 'node_modules', '.package-lock.json')),
  ]);
  if (wanted === undefined)
    return { name, state: 'failed', detail: 'package-lock.json cannot be read', remedy };
  if (installed === undefined) return { name, state: 'missing', detail: 'not installed', remedy };
  const wrong = Object.entries(wanted.packages).filter(([path, { version, optional }]) => {
    const present = installed.packages[path];
    return path !== '' && (present === undefined ? optional !== true : present.version !== version);
  });
  if (wrong.length === 0)
    return fine(name, `${Object.keys(installed.packages).length} as the lock file says`);
  const names = wrong.slice(0, 3).map(([path]) => path.replace(/^node_modules\//, ''));
  return {
    name,
    state: 'warning',
    detail: `${wrong.length} differ from the lock file: ${names.join(', ')}`,
    remedy,
  };
}

async function readLock(path: string): Promise<Lock | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Lock;
  } catch {
    // Missing or damaged: the finding says so.
    return undefined;
  }
}
