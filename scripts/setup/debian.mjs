import { command, findProgram } from './command.mjs';
import { longStep } from './report.mjs';

/** True where Debian packages can be installed without asking anyone. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

/**
 * Makes sure that programs exist, from Debian packages where that is possible.
 *
 * @param {Record<string, string>} wanted program → Debian package
 * @param {string} purpose for the line that is printed
 * @returns {Promise<string[]>} the packages that are still missing; empty when all programs exist
 */
export async function ensurePrograms(wanted, purpose) {
  const missing = () => Object.entries(wanted).filter(([program]) => findProgram(program) === undefined);
  if (missing().length > 0 && canInstallPackages()) {
    const packages = missing().map(([, name]) => name);
    await longStep(`installing ${packages.join(', ')} (${purpose})`, async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await command('apt-get', ['update', '-qq'], { env });
      await command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
    }).catch(() => undefined); // Offline or locked: the caller tells what is missing and what to do.
  }
  return missing().map(([, name]) => name);
}

/** "sudo apt-get install a b", the remedy to print. */
export function installAdvice(packages) {
  return `sudo apt-get install ${packages.join(' ')}`;
}
