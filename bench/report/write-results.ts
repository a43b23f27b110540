import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Benchmark } from '../benchmark.js';
import type { Outcome } from '../run-benchmark.js';
import { plotSvg } from './line-plot.js';
import type { Machine } from './machine.js';
import { machineLine } from './machine.js';
import { reachedText } from './target.js';
import { markdownTable } from './text-table.js';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));

/** What stands above the table of a profile. */
export const profileTitle = 'Where the time went';

/** A benchmark that was run. */
export interface DoneBenchmark extends Outcome {
  readonly benchmark: Benchmark;
  readonly machine: Machine;
}

/** The line that ends a run: for programs. */
export function resultLine({ benchmark, machine, findings, failure }: DoneBenchmark): string {
  const { figures, targets, profile } = findings;
  return JSON.stringify({
    bench: benchmark.name,
    machine,
    figures: { ...figures, profile },
    targets,
    failure,
  });
}

/** Writes `results/NAME.json`. */
export async function writeResult(done: DoneBenchmark): Promise<void> {
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, 'results', `${done.benchmark.name}.json`), `${resultLine(done)}\n`);
}

/** Writes a report of benchmarks that were run together, and the plots that it shows. */
export async function writeReport(
  file: string,
  title: string,
  all: readonly DoneBenchmark[],
  when: { readonly seconds: number; readonly date: Date },
): Promise<void> {
  const path = join(folder, file);
  const targets = all.flatMap(({ benchmark, findings }) =>
    findings.targets.map((target) => ({ bench: benchmark.name, ...target })),
  );
  const text = [
    `# ${title}`,
    `One run of ${Math.round(when.seconds / 6) / 10} minutes on ${when.date.toISOString().slice(0, 10)}: ${targets.filter(({ pass }) => pass).length} of ${targets.length} targets met.`,
    markdownTable({
      head: ['benchmark', 'target', 'wanted', 'reached', ''],
      rows: targets.map((target) => [
        ...[target.bench, target.id, target.target, reachedText(target)],
        target.pass ? 'met' : '**missed**',
      ]),
    }),
    ...(await Promise.all(all.map(sectionOf))),
  ].join('\n\n');
  const style = await resolveConfig(path);
  await writeFile(path, await format(text, { ...style, parser: 'markdown' }));
}

async function sectionOf({ benchmark, machine, findings, failure }: DoneBenchmark): Promise<string> {
  const { table, notes, profile, plots = {} } = findings;
  await mkdir(join(folder, 'plots'), { recursive: true });
  for (const [name, plot] of Object.entries(plots)) {
    await writeFile(join(folder, 'plots', `${name}.svg`), plotSvg(plot));
  }
  return [
    `## ${benchmark.name}`,
    `${benchmark.title} (${machineLine(machine)})`,
    ...(failure === undefined ? [] : [`**It did not come to its end:** ${failure.split('\n', 1)[0] ?? ''}`]),
    ...(table.rows.length === 0 ? [] : [markdownTable(table)]),
    notes.map((note) => `- ${note}`).join('\n'),
    ...Object.entries(plots).map(([name, { title }]) => `![${title}](plots/${name}.svg)`),
    ...(profile === undefined ? [] : [`**${profileTitle}**`, markdownTable(profile)]),
  ].join('\n\n');
}
