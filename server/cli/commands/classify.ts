import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { WeightsError } from '../../../models/classify/weights-error.js';
import { createDetector, detectorNames } from '../../../models/detect/create-detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { readEnvironment } from '../../config/environment.js';
import { picturePolicy } from '../../addresses/address-policy.js';
import { writeAnnotated } from '../classify/annotate.js';
import { classifyInputs } from '../classify/classify-inputs.js';
import type { FaceModels } from '../classify/label-batch.js';
import { deviceName, listInputs } from '../classify/list-inputs.js';
import { resultHeading, resultText } from '../classify/result-text.js';
import { untilEscape } from '../classify/until-escape.js';
import { exitCodes } from '../exit-codes.js';
import { weightsFolder } from '../weights-folder.js';

interface ClassifyOptions {
  readonly faces: boolean;
  readonly json: boolean;
  readonly detector: string;
  readonly classifier: string;
  readonly minScore?: number;
  readonly threads: number;
  readonly annotate?: string;
  readonly privateAddresses: boolean;
}

/** `maskwatch classify INPUT…`: what is worn on the faces of pictures, videos and cameras. */
export function classifyCommand(): Command {
  return new Command('classify')
    .description('tell who wears a mask in pictures, videos, folders of them, or before a camera')
    .argument(
      '<input...>',
      'pictures, videos, folders (searched with all their subfolders), patterns such as "faces/**/*.jpg", addresses of ' +
        'pictures (http, https), webcam or webcam:/dev/video1 (until Esc)',
    )
    .option('--faces', 'each picture is one face: do not search for faces', false)
    .option('--json', 'print one JSON object a line', false)
    .option('--annotate <dir>', 'write each picture with its faces framed and named')
    .option('--private-addresses', 'also fetch pictures from private networks', false)
    .option('--detector <name>', `what finds faces: ${detectorNames.join(', ')}`, detectorName, 'maskwatch-h')
    .option('--classifier <name>', 'weights folder: a name in models/weights, or a path', 'mobilenet-v2-cut')
    .option('--min-score <number>', 'least score of a face, above 0 and below 1', score)
    .option('--threads <number>', 'threads to compute with', threadCount, 2)
    .action(async (paths: string[], options: ClassifyOptions) => {
      process.exitCode = await runClassify(paths, options);
    });
}

async function runClassify(paths: readonly string[], options: ClassifyOptions): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  let models: FaceModels;
  try {
    models = await loadModels(options, note);
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    note(error.message);
    return error.code === 'missing' ? exitCodes.usage : exitCodes.damagedData;
  }
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once('SIGINT', abort);
  const release = paths.some((path) => deviceName(path) !== null) ? untilEscape(process.stdin, abort) : abort;
  let failed = 0;
  let count = 0;
  let skipped = 0;
  try {
    if (!options.json) await print(resultHeading);
    const { annotate } = options;
    const results = classifyInputs(listInputs(paths), models, {
      policy: picturePolicy(options.privateAddresses),
      signal: stop.signal,
      look: async (result, image) => annotate !== undefined && writeAnnotated(annotate, result, image),
      onSkipped: () => skipped++,
    });
    for await (const result of results) {
      count++;
      if ('error' in result) failed++;
      await print(options.json ? JSON.stringify(result) : resultText(result));
    }
  } finally {
    release();
    process.off('SIGINT', abort);
    models.detector?.close();
    models.classifier.close();
  }
  if (skipped > 0) note(`${skipped} pictures of the camera came too fast and were left out`);
  note(
    failed === 0
      ? `${count} pictures or frames`
      : `${count} pictures or frames, ${failed} inputs that could not be read`,
  );
  return failed === 0 ? exitCodes.ok : exitCodes.failure;
}

async function loadModels(options: ClassifyOptions, note: (text: string) => void): Promise<FaceModels> {
  const engine = await loadEngine({
    threads: options.threads,
    backend: readEnvironment().forceWasm ? 'wasm' : 'auto',
    onFallback: (reason) => note(`${reason}; going on with the slower wasm engine`),
  });
  const classifier = await loadClassifier(engine, weightsFolder(options.classifier));
  if (options.faces) return { classifier };
  const { minScore } = options;
  const detector = await createDetector(options.detector, engine, minScore === undefined ? {} : { minScore });
  return { detector, classifier };
}

/** Waits for a reader that is slower. */
async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

function detectorName(value: string): string {
  if (detectorNames.some((name) => name === value)) return value;
  throw new InvalidArgumentError(`There are ${detectorNames.join(', ')}.`);
}

function score(value: string): number {
  const number = Number(value);
  if (number > 0 && number < 1) return number;
  throw new InvalidArgumentError('It must be above 0 and below 1.');
}

function threadCount(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
