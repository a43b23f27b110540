import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { WeightsError } from '../../../models/classify/weights-error.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { readLabelledFolder } from '../../../models/lab/data/labelled-folder.js';
import type { LabelledPicture } from '../../../models/lab/data/labelled-folder.js';
import { readSplit } from '../../../models/lab/data/split-file.js';
import { classifyLabelled, reportFaces } from '../../../models/lab/evaluate/evaluate-faces.js';
import { facesText } from '../../../models/lab/evaluate/faces-text.js';
import { packageRoot } from '../../package-root.js';
import { exitCodes } from '../exit-codes.js';
import { wholeBetween } from '../number-list.js';

interface EvaluateFlags {
  readonly classifier: string;
  readonly split?: string;
  readonly part: string;
  readonly threads: number;
  readonly json: boolean;
}

/** `maskwatch evaluate DIR`: how well a classifier does on a labelled folder. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('measure a mask classifier on a folder with mask/, no_mask/ and incorrect/')
    .argument('<dir>', 'folder of labelled face pictures')
    .option('--classifier <name>', 'weights folder: a name in models/weights, or a path', 'cnn-2conv')
    .option('--split <file>', 'judge one part of a split only')
    .option('--part <name>', 'which part of the split', 'test')
    .option('--threads <n>', 'threads to compute with', wholeBetween(1, 256), 1)
    .option('--json', 'print one JSON object', false)
    .action(async (folder: string, flags: EvaluateFlags) => {
      process.exitCode = await runEvaluate(folder, flags);
    });
}

async function runEvaluate(folder: string, flags: EvaluateFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  let pictures: LabelledPicture[];
  try {
    pictures = await choosePictures(folder, flags);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return exitCodes.usage;
  }
  const engine = await loadEngine({ threads: flags.threads, onFallback: note });
  try {
    const classifier = await loadClassifier(engine, weightsFolder(flags.classifier));
    try {
      const { faces, failed } = await classifyLabelled(classifier, folder, pictures);
      for (const { file, message } of failed) note(`${file}: ${message}`);
      const report = reportFaces(faces);
      process.stdout.write(flags.json ? `${JSON.stringify({ ...report, failed })}\n` : facesText(report));
      return failed.length === 0 ? exitCodes.ok : exitCodes.failure;
    } finally {
      classifier.close();
    }
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    note(error.message);
    return error.code === 'missing' ? exitCodes.usage : exitCodes.damagedData;
  }
}

async function choosePictures(folder: string, { split, part }: EvaluateFlags): Promise<LabelledPicture[]> {
  const all = await readLabelledFolder(folder);
  if (split === undefined) return all;
  const stored = await readSplit(split);
  if (!stored) throw new Error(`${split}: no such split`);
  const chosen = all.filter(({ file }) => stored.parts.get(file) === part);
  if (chosen.length === 0) throw new Error(`${split} has no pictures of ${folder} in its part ${part}`);
  return chosen;
}

/** A name is that of a folder in models/weights; with a slash it is the path of any folder. */
function weightsFolder(name: string): string {
  return name.includes('/') ? resolve(name) : join(packageRoot(), 'models', 'weights', name);
}
