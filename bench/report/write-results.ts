import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Benchmark, Findings } from '../benchmark.js';
import type { Machine } from './machine.js';
import { machineLine } from './machine.js';
import { markdownTable } from './text-table.js';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));

/** A benchmark that was run. */
export interface DoneBenchmark {
  readonly benchmark: Benchmark;
  readonly machine: Machine;
  readonly findings: Findings;
}

/** The line that ends a run: for programs. */
export function resultLine({ benchmark, machine, findings }: DoneBenchmark): string {
  const { figures, targets } = findings;
  return JSON.stringify({ bench: benchmark.name, machine, figures, targets });
}

/** Writes `results/NAME.json`. */
export async function writeResult(done: DoneBenchmark): Promise<void> {
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, 'results', `${done.benchmark.name}.json`), `${resultLine(done)}\n`);
}

/** Writes `RESULTS.md` from a run of all benchmarks. */
export async function writeReport(all: readonly DoneBenchmark[], date: Date): Promise<void> {
  const path = join(folder, 'RESULTS.md');
  const parts = all.map(({ benchmark, machine, findings }) =>
    [
      `## ${benchmark.name}`,
      `${benchmark.title} (${machineLine(machine)})`,
      markdownTable(findings.table),
      findings.notes.map((note) => `- ${note}`).join('\n'),
      markdownTable({
        head: ['target', 'wanted', 'reached', ''],
        rows: findings.targets.map(({ id, target, reached, pass }) => [
          id,
          target,
          String(reached),
          pass ? 'met' : '**missed**',
        ]),
      }),
    ].join('\n\n'),
  );
  const text = [
    '# Results',
    `One run of \`npm run bench\` on ${date.toISOString().slice(0, 10)}.`,
    ...parts,
  ].join('\n\n');
  const style = await resolveConfig(path);
  await writeFile(path, await format(text, { ...style, parser: 'markdown' }));
}
