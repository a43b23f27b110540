import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { StudyError, readStudy } from '../../../models/lab/study/study-file.js';
import type { Study } from '../../../models/lab/study/study-file.js';
import { readResults, resultsPath, writeResults } from '../../../models/lab/study/study-results.js';
import type { StudyResults } from '../../../models/lab/study/study-results.js';
import { studyRows } from '../../../models/lab/study/study-rows.js';
import type { StudyRow } from '../../../models/lab/study/study-rows.js';
import { runStudy } from '../../../models/lab/study/run-study.js';
import type { StudyOutcome } from '../../../models/lab/study/run-study.js';
import { studyPage } from '../../../models/lab/study/study-table.js';
import { exitCodes } from '../exit-codes.js';
import { runRow } from '../study/run-row.js';
import { trainArguments } from '../study/train-arguments.js';
import { trainCommand } from './train.js';

interface StudyFlags {
  readonly set: Readonly<Record<string, string>>;
  readonly out?: string;
  readonly anew: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** A study that is fit to be run. */
interface Plan {
  readonly study: Study;
  readonly rows: readonly StudyRow[];
  /** Options of `maskwatch train`, by the rows' keys. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly finished: StudyResults;
}

/** `maskwatch study FILE`: a grid of training runs and one table of what they come to. */
export function studyCommand(): Command {
  return new Command('study')
    .description('run a grid of trainings from a YAML file, resumable, and write one table beside it')
    .argument('<file>', 'study file, for example models/studies/onednn.yaml')
    .option('--set <name=path>', 'a file or folder that the study asks for; may be repeated', input, {})
    .option('--out <dir>', 'folder of the runs (default: runs/study/<name>)')
    .option('--anew', 'forget the rows that are finished', false)
    .option('--dry-run', 'print the command line of each row and run none', false)
    .option('--json', 'print the rows as JSON instead of the table', false)
    .action(async (file: string, flags: StudyFlags) => {
      process.exitCode = await runStudyCommand(file, flags);
    });
}

function input(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('must look like name=path');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

async function runStudyCommand(file: string, flags: StudyFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  let plan: Plan;
  try {
    plan = await makePlan(file, flags);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    note(error.message);
    return exitCodes.usage;
  }
  if (flags.dryRun) {
    for (const options of plan.options.values())
      process.stdout.write(`maskwatch train ${options.join(' ')}\n`);
    return exitCodes.ok;
  }
  const outcome = await runPlan(file, flags, plan, note);
  process.stdout.write(
    flags.json ? `${JSON.stringify(jsonRows(plan, outcome))}\n` : page(file, flags, plan, outcome),
  );
  if (outcome.stopped) note('Stopped; the same command goes on where this one ended.');
  return outcome.stopped || outcome.failed.size > 0 ? exitCodes.failure : exitCodes.ok;
}

/** Checks everything before the first row runs: a slip in the last one should not show after hours. */
async function makePlan(file: string, { set, anew }: StudyFlags): Promise<Plan> {
  if (!/\.ya?ml$/.test(file)) throw new StudyError(`${file}: must be a .yaml file`);
  const study = await readStudy(file);
  const rows = studyRows(study, set);
  const command = trainCommand();
  const options = new Map(rows.map(({ key, settings }) => [key, trainArguments(command, settings)]));
  return { study, rows, options, finished: anew ? {} : await readResults(resultsPath(file)) };
}

async function runPlan(
  file: string,
  flags: StudyFlags,
  plan: Plan,
  note: (text: string) => void,
): Promise<StudyOutcome> {
  const out = flags.out ?? join('runs', 'study', basename(file).replace(/\.ya?ml$/, ''));
  const stop = new AbortController();
  const abort = (): void => {
    note('\nStopping after this step; Ctrl-C again ends at once.');
    stop.abort();
  };
  process.once('SIGINT', abort);
  try {
    const outcome = await runStudy(
      plan.rows,
      plan.finished,
      {
        run: async ({ key }, signal) => {
          const options = plan.options.get(key) ?? [];
          const run = { options, out: join(out, key), split: join(out, 'split.json') };
          // Not only the results: a finished run's checkpoint would end the new one at once.
          if (flags.anew) await rm(run.out, { recursive: true, force: true });
          return runRow(run, signal);
        },
        save: (results) => writeResults(resultsPath(file), results),
        say: note,
      },
      stop.signal,
    );
    await writeFile(file.replace(/\.ya?ml$/, '.md'), page(file, flags, plan, outcome));
    return outcome;
  } finally {
    process.off('SIGINT', abort);
  }
}

function page(
  file: string,
  { set }: StudyFlags,
  { study, rows }: Plan,
  { results, failed }: StudyOutcome,
): string {
  // The inputs by name only: where they lie is different on every machine.
  const inputs = Object.entries(set).map(([name, path]) => ` --set ${name}=${basename(path)}`);
  const command = `maskwatch study ${file}${inputs.join('')}`;
  return studyPage({ study, rows, results, failed, command });
}

function jsonRows({ rows }: Plan, { results, failed }: StudyOutcome): object[] {
  return rows.map(({ key, varied }) => ({
    ...varied,
    figures: results[key] ?? null,
    error: failed.get(key) ?? null,
  }));
}
