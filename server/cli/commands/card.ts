import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { writeDetectorCard } from '../../../models/lab/detector/write-detector-card.js';
import { writeMeasuredCard } from '../../../models/lab/export/measured-card.js';
import { exitCodes } from '../exit-codes.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface Flags {
  readonly data: string;
  readonly peer?: string;
  readonly detector: string;
  readonly json: boolean;
}

const taskSchema = z.object({ task: z.enum(['face-detector', 'mask-classifier']) });

/** `maskwatch card NAME`: measures finished weights anew and writes their `CARD.md`. */
export function cardCommand(): Command {
  return new Command('card')
    .description('measure finished weights on the scenes kept out of training and write their CARD.md')
    .argument('<weights>', 'a name in models/weights, or a path with a slash')
    .requiredOption('--data <dir>', 'folder with scenes/<set>/labels.json and scenes/<set>/images/')
    .option('--peer <file>', 'detectors: weights of YuNet-n (ONNX or safetensors) to measure against')
    .option('--detector <name>', 'classifiers: what finds the faces', 'maskwatch-h')
    .option('--json', 'print one JSON object: the file and the card', false)
    .addHelpText(
      'after',
      '\nExample:\n  maskwatch card maskwatch-h --data data --peer data/peers/yunet.onnx\n',
    )
    .action(async (weights: string, flags: Flags) => {
      process.exitCode = await writeCard(weights, flags);
    });
}

async function writeCard(weights: string, { data, peer, detector, json }: Flags): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const folder = weightsFolder(weights);
  const typed = `maskwatch card ${basename(folder)} --data .`;
  try {
    const engine = await loadEngine({ threads: 1, onFallback: say });
    const scenes = join(data, 'scenes');
    const card =
      (await taskOf(folder)) === 'face-detector'
        ? await writeDetectorCard(
            engine,
            { folder, scenes, peer, say },
            peer === undefined ? typed : `${typed} --peer ${relative(data, peer)}`,
          )
        : await writeMeasuredCard(engine, { folder, scenes, detector, say }, typed);
    process.stdout.write(json ? `${JSON.stringify({ file: join(folder, 'CARD.md'), card })}\n` : card);
    return exitCodes.ok;
  } catch (error) {
    return weightsFailure(error, say);
  }
}

/** What weights are for; where the manifest does not say it, reading them as a classifier's names what is wrong. */
async function taskOf(folder: string): Promise<z.infer<typeof taskSchema>['task']> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}');
  const parsed = taskSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.task : 'mask-classifier';
}
