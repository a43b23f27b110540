import { Command } from 'commander';
import { readEnvironment } from '../../config/environment.js';
import { packageRoot } from '../../package-root.js';
import type { Examination } from '../doctor/examine.js';
import { examine } from '../doctor/examine.js';
import { exitCodes } from '../exit-codes.js';

const marks = { ok: '✓', warning: '!', missing: '✗', failed: '✗' } as const;

/** `maskwatch doctor`: what is installed, what engine runs, and what is wrong, each with a remedy. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('tell what is installed, which engine runs, and what is wrong')
    .option('--json', 'print one JSON document', false)
    .action(async ({ json }: { json: boolean }) => {
      const examination = await examine(packageRoot(), readEnvironment());
      const text = json ? JSON.stringify(examination, null, 2) : inWords(examination);
      process.stdout.write(`${text}\n`);
      process.exitCode = doctorExitCode(examination);
    });
}

/** 4 when a dependency is missing, 1 when something is there but does not work, otherwise 0. */
export function doctorExitCode({ findings }: Examination): number {
  const has = (state: string): boolean => findings.some((finding) => finding.state === state);
  if (has('missing')) return exitCodes.missingDependency;
  return has('failed') ? exitCodes.failure : exitCodes.ok;
}

function inWords({ findings }: Examination): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .flatMap(({ name, state, detail, remedy }) => [
      `${marks[state]} ${name.padEnd(width)}  ${detail}`,
      ...(remedy === '' || state === 'ok' ? [] : [`  ${' '.repeat(width)}  → ${remedy}`]),
    ])
    .join('\n');
}
