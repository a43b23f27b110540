import { parseArgs } from 'node:util';
import type { BenchContext, Benchmark } from './benchmark.js';
import { cameras } from './cameras.js';
import { latency } from './latency.js';
import { naive } from './naive.js';
import { viewers } from './viewers.js';
import { describeMachine, machineLine } from './report/machine.js';
import { textTable } from './report/text-table.js';
import { type DoneBenchmark, resultLine, writeReport, writeResult } from './report/write-results.js';

/** All benchmarks, in the order of a full run. */
const benchmarks: readonly Benchmark[] = [cameras, latency, viewers, naive];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  const names = benchmarks.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are ${names}.\n`);
  process.exit(2);
}
const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const done: DoneBenchmark[] = [];
for (const benchmark of chosen) done.push(await run(benchmark, values.quick));
// Only figures of one and the same run may stand beside each other, and those of a quick one say little.
if (chosen.length === benchmarks.length && !values.quick) await writeReport(done, new Date());

async function run(benchmark: Benchmark, quick: boolean): Promise<DoneBenchmark> {
  const machine = await describeMachine();
  process.stdout.write(`\n${benchmark.name}: ${benchmark.title}\n${machineLine(machine)}\n`);
  const context: BenchContext = {
    quick,
    progress: (line) => process.stderr.write(`  ${line}\n`),
  };
  const findings = await benchmark.run(context);
  const result = { benchmark, machine, findings };
  process.stdout.write(`\n${textTable(findings.table)}\n\n`);
  for (const note of findings.notes) process.stdout.write(`- ${note}\n`);
  for (const { id, target, reached, pass } of findings.targets) {
    process.stdout.write(`${pass ? '✔' : '✖'} ${id}: ${target}, reached ${reached}\n`);
  }
  await writeResult(result);
  process.stdout.write(`${resultLine(result)}\n`);
  return result;
}
