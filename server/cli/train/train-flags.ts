import { homedir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { Pooling } from '../../../models/lab/architectures/architecture.js';
import { parseFreeze } from '../../../models/lab/architectures/freeze.js';
import type { Freeze } from '../../../models/lab/architectures/freeze.js';
import { architectures } from '../../../models/lab/architectures/registry.js';
import { changedAugmentation, defaultAugmentation } from '../../../models/lab/augment/settings.js';
import type { Augmentation } from '../../../models/lab/augment/settings.js';
import { biasList, namedNumbers, numberBetween, numberList, wholeBetween } from '../number-list.js';
import type { FineTuneFlags } from './fine-tune.js';

/** Flags of `maskwatch train`. */
export interface TrainFlags extends FineTuneFlags {
  readonly data?: string;
  readonly scenes: string[];
  readonly without: string[];
  readonly install: boolean;
  readonly pretrained?: string;
  readonly arch: string;
  readonly headLayers?: number;
  readonly freeze?: Freeze;
  readonly featureViews: number;
  readonly pooling?: Pooling;
  readonly teacher?: string;
  readonly teacherShare: number;
  readonly teacherTemperature: number;
  readonly classes: number;
  readonly size?: number;
  readonly name?: string;
  readonly out?: string;
  readonly weights?: string;
  readonly epochs: number;
  readonly steps?: number;
  readonly batch: number;
  readonly rate: number;
  readonly schedule: 'cosine' | 'constant' | 'step';
  readonly warmUp: number;
  readonly optimizer: 'adam' | 'sgd';
  readonly decay: number;
  readonly averaging: number;
  readonly headRate: number;
  readonly smoothing: number;
  readonly shares?: number[];
  readonly classWeights?: number[];
  readonly sourceWeights: Record<string, number>;
  readonly undetectedWeight: number;
  readonly augmentation: boolean;
  readonly augment: Augmentation;
  readonly outputBias: number[];
  readonly patience: number;
  readonly seed: number;
  readonly resume: boolean;
  readonly split?: string;
  readonly fractions: number[];
  readonly clusters?: string;
  readonly suspects?: string;
  readonly reserve: string[];
  readonly detections?: string;
  readonly cache: string;
  readonly threads: number;
  readonly oneDnn: boolean;
  readonly json: boolean;
}

const positive = wholeBetween(1, 1e9);
const share = numberBetween(0, 1);

/** Gives a command the flags of `TrainFlags`. */
export function addTrainFlags(command: Command): Command {
  return command
    .option('--data <dir>', 'folder of face pictures: mask/, no_mask/, incorrect/')
    .option(
      '--scenes <labels.json[=boxes]>',
      'labelled scenes, with the boxes a detector found in them',
      collect,
      [],
    )
    .option(
      '--without <source>',
      'pass over a collection of --data, by the start of its file names',
      collect,
      [],
    )
    .option('--from <name>', 'go on from a finished classifier; "current" is the one that runs')
    .option('--install', 'install the finished classifier in the data folder', false)
    .option('--data-dir <dir>', 'data folder of the product (default: that of the configuration)')
    .option('--config <file>', 'configuration (default: config.yaml where there is one)')
    .option('--server <url>', 'where a server that uses the data folder is asked for "current"')
    .option('--pretrained <file>', 'safetensors with PyTorch names to begin with')
    .addOption(new Option('--arch <name>').choices(architectures.map((a) => a.name)).default('cnn-2conv'))
    .option('--classes <n>', '2: mask or not; 3: with incorrect; 4: with reject', wholeBetween(2, 4), 3)
    .option(
      '--head-layers <n>',
      'dense layers at the end (default: as many as the network has of itself)',
      wholeBetween(1, 16),
    )
    .option(
      '--freeze <what>',
      'backbone: train the dense layers alone; layers:N or stages:N: also the last N before them (default: none)',
      freezeFlag,
    )
    .option(
      '--feature-views <n>',
      'views of each face whose frozen features are computed once; 0: anew at each step',
      wholeBetween(0, 1000),
      4,
    )
    .addOption(
      new Option('--pooling <kind>', 'what the head gets of the last map: its mean, or all of it').choices([
        'mean',
        'map',
      ]),
    )
    .option(
      '--teacher <weights>',
      'classifier to learn from beside the labels: a name in models/weights, or a path',
    )
    .option('--teacher-share <x>', "the teacher's part of the loss", share, 0.5)
    .option(
      '--teacher-temperature <x>',
      'softens what both say before they are compared',
      numberBetween(1, 100),
      2,
    )
    .option('--size <px>', 'side of the input', wholeBetween(16, 512))
    .option('--name <name>', 'name of the weights (default: the architecture)')
    .option('--out <dir>', 'folder of checkpoint, history, curves, split (default: runs/<name>)')
    .option('--weights <dir>', 'folder of the finished weights (default: <out>/weights)')
    .option('--epochs <n>', 'passes', positive, 10)
    .option('--steps <n>', 'batches an epoch (default: as many as the training part fills)', positive)
    .option('--batch <n>', 'faces a batch', positive, 32)
    .option('--rate <x>', 'highest learning rate', numberBetween(0, 10), 1e-3)
    .addOption(new Option('--schedule <kind>').choices(['cosine', 'constant', 'step']).default('cosine'))
    .option('--warm-up <part>', 'part of the run in which the rate rises', share, 0.08)
    .addOption(new Option('--optimizer <kind>').choices(['adam', 'sgd']).default('adam'))
    .option('--decay <x>', 'decoupled weight decay', share, 0.01)
    .option('--averaging <x>', 'share that the running average of weights keeps; 0 for none', share, 0.99)
    .option('--head-rate <x>', 'factor on the rate of the last layer', numberBetween(0, 100), 1)
    .option('--smoothing <x>', 'label smoothing', share, 0.05)
    .option(
      '--shares <list>',
      'share of each class in a batch, for example 0.35,0.35,0.3 (default: equal)',
      numberList,
    )
    .option('--class-weights <list>', 'factor on the loss of each class', numberList)
    .option('--source-weights <list>', 'how often faces of a source are drawn: name=0.3,…', namedNumbers, {})
    .option('--undetected-weight <x>', 'factor on faces that no detector found', share, 1)
    .option('--no-augmentation', 'train on the crops as they are')
    .option(
      '--augment <list>',
      'other strengths than usual of margin, zoom, shift, rotation, shear, aspect, mirror, shrink, shrink-to, blur, jpeg, light, tint, grey, noise, occlusion: rotation=10,shrink=0.5',
      augmentFlag,
      defaultAugmentation,
    )
    .option('--output-bias <list>', 'added to the logits of the finished model: 0,0,-0.7,0', biasList, [])
    .option(
      '--patience <n>',
      'stop after this many epochs without progress; 0 for never',
      wholeBetween(0, 1e6),
      0,
    )
    .option('--seed <n>', 'seed of weights, split, sampling and augmentation', wholeBetween(0, 2 ** 31), 1)
    .option('--resume', 'go on from the checkpoint in --out', false)
    .option('--split <file>', 'split to reuse, written when missing (default: <out>/split.json)')
    .option('--fractions <list>', 'train, validation and test part', numberList, [0.7, 0.2, 0.1])
    .option('--clusters <file>', 'table of near-duplicate scenes')
    .option('--suspects <file>', 'table of faces to leave out')
    .option('--reserve <labels.json:n>', 'keep every n-th scene and its crops out', collect, [])
    .option('--detections <file>', 'boxes of a detector, as `classify --json` prints them')
    .option('--cache <dir>', 'where decoded faces are kept', join(homedir(), '.cache', 'maskwatch', 'lab'))
    .option('--threads <n>', 'threads that TensorFlow may use', positive, 1)
    .option('--no-one-dnn', 'compute without oneDNN, for comparison')
    .option('--json', 'print the figures of the test part as JSON', false);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function augmentFlag(text: string): Augmentation {
  try {
    return changedAugmentation(namedNumbers(text));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function freezeFlag(text: string): Freeze {
  try {
    return parseFreeze(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
