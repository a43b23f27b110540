import { Command, Option } from 'commander';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { detectorNames } from '../../../models/detect/create-detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import type { Engine } from '../../../models/engine/engine.js';
import { classifyLabelled, reportFaces } from '../../../models/lab/evaluate/evaluate-faces.js';
import { calibrationText } from '../../../models/lab/evaluate/calibration.js';
import { facesText } from '../../../models/lab/evaluate/faces-text.js';
import { facesCurves, writeFacesSheets } from '../../../models/lab/evaluate/write-faces-sheets.js';
import { isVocFolder } from '../../../models/lab/scenes/read-scenes.js';
import { exitCodes } from '../exit-codes.js';
import { labelledPart } from '../labelled-part.js';
import { numberBetween, wholeBetween, wholeListBetween } from '../number-list.js';
import { judgeScenes } from './evaluate-scenes.js';
import type { SceneEvaluation } from './evaluate-scenes.js';
import { evaluateVideo } from './evaluate-video.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface EvaluateFlags extends SceneEvaluation {
  readonly split?: string;
  readonly part: string;
  readonly threads: number;
  readonly rounded: boolean;
  readonly video?: string;
  readonly truth?: string;
  readonly fps: number;
  readonly frameSide: number;
  readonly write?: string;
}

/** `maskwatch evaluate DIR | labels.json | VOC_DIR`: how well the models do on labelled faces or on whole scenes. */
export function evaluateCommand(): Command {
  const share = numberBetween(0, 1);
  return new Command('evaluate')
    .description(
      'measure the models on a folder with mask/, no_mask/, incorrect/, on labelled scenes (labels.json or Pascal VOC), or on clips',
    )
    .argument(
      '[labels]',
      'labelled face pictures; or labelled scenes, a labels.json or a folder of Pascal VOC files',
    )
    .option('--classifier <name>', 'weights folder: a name in models/weights, or a path', 'mobilenet-v2-cut')
    .option('--threads <n>', 'threads to compute with', wholeBetween(1, 256), 1)
    .option(
      '--rounded',
      'multiply in bfloat16 where the CPU has a unit for it, as the server does; float32 otherwise',
      false,
    )
    .option('--json', 'print one JSON object', false)
    .option('--split <file>', 'faces: judge one part of a split only')
    .option('--part <name>', 'faces: which part of the split', 'test')
    .option(
      '--sheets <dir>',
      'write ROC (faces), recall at false positives (scenes), precision-recall and reliability charts, and a sheet of mistakes',
    )
    .addOption(
      new Option('--detector <name>', 'scenes: what finds faces')
        .choices(detectorNames)
        .default('maskwatch-h'),
    )
    .option(
      '--input-side <list>',
      'scenes: long side of the input of our own detector, or several in turn: 640,320 (default: as it ships)',
      wholeListBetween(64, 2048),
    )
    .option('--detector-only', 'scenes: find faces without telling masks; no classifier is loaded', false)
    .option(
      '--crop-scale <x>',
      'scenes: cut faces at boxes this much wider (1.25) or tighter (0.8) than those found',
      numberBetween(0.25, 4),
      1,
    )
    .option(
      '--predictions <file>',
      'scenes: judge these lines of `classify --json` instead of running the models',
    )
    .option('--every <n>', 'scenes: every n-th by file name only', wholeBetween(1, 1e6), 1)
    .option('--iou <x>', 'scenes: least overlap of a face that was found', share, 0.5)
    .option('--score <x>', 'scenes: least score of a face that counts', share, 0.5)
    .option('--video <clip>', 'count people: a clip, or a folder of clips')
    .option('--truth <people.json>', 'count people: what the clip really shows, or a folder of such files')
    .option('--fps <n>', 'count people: frames a second to analyse', numberBetween(0.2, 60), 10)
    .option(
      '--frame-side <n>',
      'count people: long side of the frames analysed',
      wholeBetween(128, 4096),
      640,
    )
    .option('--write <page.md>', 'count people: put the table between the marks of this page')
    .action(async (path: string | undefined, flags: EvaluateFlags) => {
      process.exitCode = await runEvaluate(path, flags);
    });
}

async function runEvaluate(path: string | undefined, flags: EvaluateFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  try {
    const { video, truth } = flags;
    if (video !== undefined && truth !== undefined) {
      return await evaluateVideo(await engineFor(flags, note), { ...flags, video, truth }, note);
    }
    if (path === undefined || video !== undefined || truth !== undefined) {
      note('Name a folder or a labels.json; or --video together with --truth.');
      return exitCodes.usage;
    }
    return path.endsWith('.json') || (await isVocFolder(path))
      ? await judgeScenes(path, flags, () => engineFor(flags, note), note)
      : await judgeFaces(path, flags, note);
  } catch (error) {
    return weightsFailure(error, note);
  }
}

async function judgeFaces(
  folder: string,
  flags: EvaluateFlags,
  note: (text: string) => void,
): Promise<number> {
  const pictures = await labelledPart(folder, flags.split, flags.part);
  const classifier = await loadClassifier(await engineFor(flags, note), weightsFolder(flags.classifier));
  try {
    const { faces, failed } = await classifyLabelled(classifier, folder, pictures);
    for (const { file, message } of failed) note(`${file}: ${message}`);
    if (flags.sheets !== undefined) await writeFacesSheets(flags.sheets, folder, faces);
    const report = reportFaces(faces);
    const { calibration, classes } = facesCurves(faces);
    const areas = Object.fromEntries(
      Object.entries(classes).map(([name, { auc, ap }]) => [name, { auc, ap }]),
    );
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ ...report, calibration, areas, failed })}\n`
        : `${facesText(report, areas)}\n${calibrationText(calibration)}`,
    );
    return failed.length === 0 ? exitCodes.ok : exitCodes.failure;
  } finally {
    classifier.close();
  }
}

function engineFor({ threads, rounded }: EvaluateFlags, note: (text: string) => void): Promise<Engine> {
  return loadEngine({ threads, rounded, onFallback: note });
}
