import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';
import { benchmarks } from './benchmarks.js';
import { describeMachine, machineLine } from './report/machine.js';
import { reachedText } from './report/target.js';
import { textTable } from './report/text-table.js';
import {
  type DoneBenchmark,
  profileTitle,
  resultLine,
  writeReport,
  writeResult,
} from './report/write-results.js';
import { runBenchmark } from './run-benchmark.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, data: { type: 'string' } },
});
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  const names = benchmarks.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}; there are ${names}.\n`);
  process.exit(2);
}
const data = values.data ?? process.env.BENCH_DATA;
const options = { quick: values.quick, data: data === undefined ? undefined : resolve(data) };

const stop = new AbortController();
// Every time, not only once: a second signal must not end this process before it has ended the others.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

const all = benchmarks.filter(({ alone }) => alone !== true);
const chosen = positionals.length === 0 ? all : benchmarks.filter(({ name }) => positionals.includes(name));
const startMs = performance.now();
const done: DoneBenchmark[] = [];
for (const benchmark of chosen) {
  if (!stop.signal.aborted) done.push(await run(benchmark));
}
const seconds = Math.round((performance.now() - startMs) / 1000);
process.stderr.write(`${seconds} s\n`);
// Only figures of one and the same run may stand beside each other, and those of a quick one say little.
if (!values.quick && !stop.signal.aborted) {
  if (chosen === all) await writeReport('RESULTS.md', 'Results', done, { seconds, date: new Date() });
  for (const one of done.filter(({ benchmark }) => benchmark.alone === true)) {
    const name = one.benchmark.name;
    await writeReport(`${name.toUpperCase()}.md`, `Results of ${name}`, [one], { seconds, date: new Date() });
  }
}
process.exitCode = done.every(({ failure }) => failure === undefined) ? 0 : 1;

async function run(benchmark: Benchmark): Promise<DoneBenchmark> {
  const machine = await describeMachine();
  process.stdout.write(`\n${benchmark.name}: ${benchmark.title}\n${machineLine(machine)}\n`);
  const result = { benchmark, machine, ...(await runBenchmark(benchmark, options, stop.signal)) };
  const { table, notes, targets, profile } = result.findings;
  if (result.failure !== undefined) process.stdout.write(`\nIt did not come to its end: ${result.failure}\n`);
  process.stdout.write(`\n${textTable(table)}\n\n`);
  for (const note of notes) process.stdout.write(`- ${note}\n`);
  for (const target of targets) {
    const mark = target.pass ? '✔' : '✖';
    process.stdout.write(`${mark} ${target.id}: ${target.target}, reached ${reachedText(target)}\n`);
  }
  if (profile !== undefined) process.stdout.write(`\n${profileTitle}\n${textTable(profile)}\n`);
  await writeResult(result);
  process.stdout.write(`${resultLine(result)}\n`);
  return result;
}
