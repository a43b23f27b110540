import { basename, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { runDetectorTraining } from '../../../models/lab/detector/run-detector-training.js';
import { exitCodes } from '../exit-codes.js';
import { numberBetween, wholeBetween } from '../number-list.js';

interface Flags {
  readonly data: string;
  readonly teacher: string;
  readonly initial?: string;
  readonly steps: number;
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
  readonly weights: string;
  readonly checkpoint?: string;
}

/** `maskwatch train-detector`: teaches a face detector on labelled scenes and a teacher's answers. */
export function trainDetectorCommand(): Command {
  return new Command('train-detector')
    .description('teach a face detector on labelled scenes and a teacher')
    .requiredOption('--data <dir>', 'folder with scenes/, faces/ and scene-clusters.tsv')
    .requiredOption('--teacher <file>', 'safetensors of YuNet-n')
    .option('--initial <file>', 'safetensors to start from (default: random weights)')
    .option('--steps <n>', 'batches', wholeBetween(1, 1e9), 3000)
    .option('--rate <x>', 'highest learning rate', numberBetween(0, 1), 8e-4)
    .option('--batch <n>', 'pictures a batch', wholeBetween(2, 256), 16)
    .option('--seed <n>', 'of samples and augmentation', wholeBetween(0, 2 ** 31), 1)
    .option('--weights <dir>', 'folder to write', 'runs/maskwatch-h')
    .option('--checkpoint <file>', 'to go on from (default: <weights>.ckpt)')
    .addHelpText(
      'after',
      '\nExample:\n  maskwatch train-detector --data data --teacher data/teachers/face_detector.safetensors\n',
    )
    .action(async (flags: Flags) => {
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort());
      const weights = resolve(flags.weights);
      const finished = await runDetectorTraining({
        scenes: join(flags.data, 'scenes'),
        clusters: join(flags.data, 'scene-clusters.tsv'),
        faces: join(flags.data, 'faces'),
        teacher: flags.teacher,
        ...(flags.initial === undefined ? {} : { initial: flags.initial }),
        steps: flags.steps,
        rate: flags.rate,
        batch: flags.batch,
        seed: flags.seed,
        checkpoint: flags.checkpoint ?? `${weights}.ckpt`,
        weights,
        name: basename(weights),
        command: commandOf(flags),
        signal: stop.signal,
        sink: process.stderr,
      });
      if (!finished) process.exitCode = exitCodes.failure;
    });
}

/** What to type, in the folder of the data, for the same run; paths of this machine do not belong into a manifest. */
function commandOf({ data, teacher, initial, steps, rate, batch, seed }: Flags): string {
  const sources = [`--teacher ${relative(data, teacher)}`];
  if (initial !== undefined) sources.push(`--initial ${relative(data, initial)}`);
  const numbers = `--steps ${steps} --rate ${rate} --batch ${batch} --seed ${seed}`;
  return `maskwatch train-detector --data . ${sources.join(' ')} ${numbers}`;
}
