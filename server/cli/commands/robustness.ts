import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { openWeights } from '../../../models/classify/open-weights.js';
import type { OpenWeights } from '../../../models/classify/open-weights.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import type { Tf } from '../../../models/engine/engine.js';
import type { LabelledPicture } from '../../../models/lab/data/labelled-folder.js';
import { heatMapSvg } from '../../../models/lab/robustness/heat-map.js';
import { defaultScalars, perturbLayers } from '../../../models/lab/robustness/perturb-layers.js';
import type { PerturbationResult } from '../../../models/lab/robustness/perturb-layers.js';
import { prepareFaces } from '../../../models/lab/robustness/prepare-faces.js';
import { robustnessText } from '../../../models/lab/robustness/robustness-text.js';
import { rankLayers } from '../../../models/lab/robustness/sensitivity.js';
import { createProgress } from '../../../models/lab/train/progress.js';
import type { Progress } from '../../../models/lab/train/progress.js';
import { exitCodes } from '../exit-codes.js';
import { labelledPart } from '../labelled-part.js';
import { biasList, wholeBetween } from '../number-list.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface RobustnessFlags {
  readonly data: string;
  readonly split?: string;
  readonly part: string;
  readonly faces: number;
  readonly scalars: readonly number[];
  readonly seed: number;
  readonly heatMap?: string;
  readonly threads: number;
  readonly json: boolean;
}

/** `maskwatch robustness WEIGHTS --data DIR`: which layers bear disturbed weights. */
export function robustnessCommand(): Command {
  return new Command('robustness')
    .description('multiply and shift the weights of each layer in turn, and measure the accuracy')
    .argument('<weights>', 'weights folder: a name in models/weights, or a path')
    .requiredOption('--data <dir>', 'labelled face pictures: mask/, no_mask/, incorrect/')
    .option('--split <file>', 'use one part of a split only')
    .option('--part <name>', 'which part of the split', 'test')
    .option('--faces <n>', 'faces at most, evenly of each label', wholeBetween(1, 1e6), 300)
    .option('--scalars <list>', 'what to multiply by and to add', biasList, defaultScalars)
    .option('--seed <n>', 'seed of the choice of faces', wholeBetween(0, 2 ** 31), 1)
    .option('--heat-map <file>', 'picture of the result (default: runs/<weights>/robustness.svg)')
    .option('--threads <n>', 'threads to compute with', wholeBetween(1, 256), 1)
    .option('--json', 'print one JSON object', false)
    .action(async (weights: string, flags: RobustnessFlags) => {
      process.exitCode = await runRobustness(weights, flags);
    });
}

async function runRobustness(weights: string, flags: RobustnessFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  let pictures: LabelledPicture[];
  try {
    pictures = await labelledPart(flags.data, flags.split, flags.part);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return exitCodes.usage;
  }
  const source = weightsFolder(weights);
  const name = basename(source);
  const { tf } = await loadEngine({ threads: flags.threads, onFallback: note });
  let opened: OpenWeights;
  try {
    opened = await openWeights(tf, source);
  } catch (error) {
    return weightsFailure(error, note);
  }
  const result = await measure(tf, opened, pictures, flags, note);
  if (result === null) return exitCodes.failure;
  const ranked = rankLayers(result);
  const picture = flags.heatMap ?? join('runs', name, 'robustness.svg');
  await mkdir(dirname(picture), { recursive: true });
  await writeFile(picture, heatMapSvg(name, result));
  note(`Heat map: ${picture}`);
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ weights: name, ...result, ranked })}\n`
      : robustnessText(name, result, ranked),
  );
  return exitCodes.ok;
}

/** The result, or null when it was stopped. */
async function measure(
  tf: Tf,
  { manifest, model }: OpenWeights,
  pictures: readonly LabelledPicture[],
  { data, faces: most, seed, scalars }: RobustnessFlags,
  note: (text: string) => void,
): Promise<PerturbationResult | null> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort);
  try {
    const faces = await prepareFaces(tf, manifest, { root: data, pictures, most, seed, say: note });
    let progress: Progress | null = null;
    try {
      return await perturbLayers(tf, model, faces, scalars, {
        onStep: (done, total, layer) => {
          progress ??= createProgress(process.stderr, total, 0, () => performance.now());
          progress.update(done, layer);
        },
        signal: stop.signal,
      });
    } finally {
      faces.input.dispose();
      if (process.stderr.isTTY) note('');
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    note('Stopped.');
    return null;
  } finally {
    process.off('SIGINT', abort);
    model.dispose();
  }
}
