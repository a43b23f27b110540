import { basename, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { runDetectorTraining } from '../../../models/lab/detector/run-detector-training.js';
import { exitCodes } from '../exit-codes.js';
import { numberBetween, wholeBetween } from '../number-list.js';
import { weightsFolder } from '../weights-folder.js';

interface Flags {
  readonly data: string;
  readonly teacher: string;
  readonly bareTeacher?: string;
  readonly initial?: string;
  readonly steps: number;
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
  readonly mosaics: number;
  readonly planted: number;
  readonly quarters: number;
  readonly turned: number;
  readonly bareScore: number;
  readonly weights: string;
  readonly checkpoint?: string;
}

/** `maskwatch train-detector`: teaches a face detector on labelled scenes and a teacher's answers. */
export function trainDetectorCommand(): Command {
  return new Command('train-detector')
    .description('teach a face detector on labelled scenes and a teacher')
    .requiredOption('--data <dir>', 'folder with scenes/, faces/ and scene-clusters.tsv')
    .requiredOption('--teacher <file>', 'weights of YuNet-n, safetensors or ONNX')
    .option('--bare-teacher <file>', 'second teacher of the same kind, heard about bare faces only')
    .option('--initial <file>', 'safetensors, weights folder or its name to start from (default: random)')
    .option('--steps <n>', 'batches', wholeBetween(1, 1e9), 3000)
    .option('--rate <x>', 'highest learning rate', numberBetween(0, 1), 8e-4)
    .option('--batch <n>', 'pictures a batch', wholeBetween(2, 256), 16)
    .option('--seed <n>', 'of samples and augmentation', wholeBetween(0, 2 ** 31), 1)
    .option('--mosaics <share>', 'pictures that are mosaics of face crops', numberBetween(0, 1), 0.2)
    .option('--planted <share>', 'other pictures that get face crops planted', numberBetween(0, 1), 0.4)
    .option('--quarters <share>', 'other pictures made of parts of four scenes', numberBetween(0, 1), 0)
    .option('--turned <share>', 'pictures turned by up to 40 degrees', numberBetween(0, 1), 0)
    .option('--bare-score <x>', 'least score taken from the teachers for bare faces', numberBetween(0, 1), 0)
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
        ...(flags.bareTeacher === undefined ? {} : { bareTeacher: flags.bareTeacher }),
        ...(flags.initial === undefined ? {} : { initial: initialPath(flags.initial) }),
        steps: flags.steps,
        rate: flags.rate,
        batch: flags.batch,
        seed: flags.seed,
        mosaics: flags.mosaics,
        planted: flags.planted,
        quarters: flags.quarters,
        turned: flags.turned,
        bareScore: flags.bareScore,
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
function commandOf(flags: Flags): string {
  const {
    data,
    teacher,
    bareTeacher,
    initial,
    steps,
    rate,
    batch,
    seed,
    mosaics,
    planted,
    quarters,
    turned,
    bareScore,
  } = flags;
  const sources = [`--teacher ${relative(data, teacher)}`];
  if (bareTeacher !== undefined) sources.push(`--bare-teacher ${relative(data, bareTeacher)}`);
  if (initial !== undefined) {
    const path = initialPath(initial);
    const shipped = path === weightsFolder(basename(path));
    sources.push(`--initial ${shipped ? basename(path) : relative(data, path)}`);
  }
  const numbers = `--steps ${steps} --rate ${rate} --batch ${batch} --seed ${seed}`;
  const pictures = `--mosaics ${mosaics} --planted ${planted} --quarters ${quarters} --turned ${turned}`;
  return `maskwatch train-detector --data . ${sources.join(' ')} ${numbers} ${pictures} --bare-score ${bareScore}`;
}

/** A file stays what it is; what has no ending is a weights folder. */
function initialPath(initial: string): string {
  return initial.endsWith('.safetensors') ? initial : weightsFolder(initial);
}
