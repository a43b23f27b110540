import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { cacheText, measureCache } from '../../../models/lab/data/cache-speed.js';
import { countParts, loadDataSet } from '../../../models/lab/data/load-data-set.js';
import { publishWeights } from '../../../models/lab/export/publish-weights.js';
import { runTraining } from '../../../models/lab/train/run-training.js';
import { exitCodes } from '../exit-codes.js';
import { refusalsToCodes } from '../models/refusals.js';
import { fineTuneFlags, goingOn, startingPoint } from '../train/fine-tune.js';
import { offer, resultText } from '../train/finished-training.js';
import { runRequest } from '../train/run-request.js';
import { addTrainFlags } from '../train/train-flags.js';
import type { TrainFlags } from '../train/train-flags.js';

/** `maskwatch train`: teaches a mask classifier on a labelled folder and writes its weights, card and curves. */
export function trainCommand(): Command {
  const command = new Command('train').description(
    'teach a mask classifier on a folder with mask/, no_mask/ and incorrect/',
  );
  return addTrainFlags(command).action(async (flags: TrainFlags, command: Command) => {
    const given = (flag: string): boolean => command.getOptionValueSource(flag) === 'cli';
    process.exitCode = await refusalsToCodes(() => runTrain(flags, given));
  });
}

async function runTrain(asked: TrainFlags, given: (flag: string) => boolean): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const engine = await loadEngine({ threads: asked.threads, oneDnn: asked.oneDnn, onFallback: say });
  const start = await startingPoint(engine.tf, asked, new Date());
  const flags = fineTuneFlags(asked, start, given);
  const name = flags.name ?? flags.arch;
  const out = flags.out ?? join('runs', name);
  const [trainPart = 0, validation = 0, test = 0] = flags.fractions;
  say(`Training ${name} on ${engine.facts.backend}${engine.facts.oneDnn ? ' with oneDNN' : ''}.`);
  const data = await loadDataSet({
    ...flags,
    data: flags.data === undefined ? undefined : realpathSync(flags.data),
    rejects: flags.classes === 4,
    split: flags.split ?? join(out, 'split.json'),
    fractions: { train: trainPart, validation, test },
    say,
  });
  const counts = countParts(data);
  say(cacheText(await measureCache(data.store, data.faces, 100, () => performance.now())));
  say(`Faces: ${JSON.stringify(counts)}, left out ${JSON.stringify(data.leftOut)}.`);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    say('\nStopping after this step; Ctrl-C again ends at once.');
    stop.abort();
  });
  const request = goingOn(runRequest(flags, out, data.store, data.parts, counts.train, stop.signal), start);
  const outcome = await runTraining(engine, request);
  try {
    const { test, unknownRule } = outcome;
    if (!test || !unknownRule) {
      say(`Stopped. Go on with --resume; the checkpoint is in ${out}.`);
      return exitCodes.failure;
    }
    const weights = flags.weights ?? join(out, 'weights');
    const card = await publishWeights({
      folder: weights,
      name,
      command: ['maskwatch', ...process.argv.slice(2)].join(' '),
      at: new Date(),
      request,
      data,
      outcome: { ...outcome, test, unknownRule },
    });
    process.stdout.write(resultText({ name, test, card }, start, outcome.before, flags.json));
    say(await offer(weights, name, flags));
    return exitCodes.ok;
  } finally {
    outcome.model.dispose();
  }
}
