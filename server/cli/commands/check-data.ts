import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { cacheFaces } from '../../../models/lab/data/cache-faces.js';
import { measureCache } from '../../../models/lab/data/cache-speed.js';
import type { CacheSpeed } from '../../../models/lab/data/cache-speed.js';
import { checkFolder } from '../../../models/lab/data/check-folder.js';
import type { DataReport } from '../../../models/lab/data/check-folder.js';
import { checkText, contactSheet } from '../../../models/lab/data/check-report.js';
import { readLabelledFolder } from '../../../models/lab/data/labelled-folder.js';
import type { LabelledPicture } from '../../../models/lab/data/labelled-folder.js';
import { readSplit } from '../../../models/lab/data/split-file.js';
import type { SplitPart } from '../../../models/lab/data/split.js';
import { checkScenes } from '../../../models/lab/scenes/check-scenes.js';
import { isVocFolder } from '../../../models/lab/scenes/read-scenes.js';
import { exitCodes } from '../exit-codes.js';
import { wholeBetween } from '../number-list.js';

interface CheckFlags {
  readonly split?: string;
  readonly leastSide: number;
  /** True without a number of faces. */
  readonly speed?: number | true;
  readonly sheet?: string;
  readonly json: boolean;
}

/** `maskwatch check-data DIR`: names unreadable, too small and repeated pictures and bad labels; measures the cache. */
export function checkDataCommand(): Command {
  return new Command('check-data')
    .description('find unreadable, too small and repeated pictures and bad labels in faces or scenes')
    .argument(
      '<labels>',
      'a folder with mask/, no_mask/, incorrect/; a labels.json; or a folder of Pascal VOC files',
    )
    .option('--split <file>', 'also tell pictures that a split has in two parts')
    .option('--least-side <px>', 'short side under which a picture is too small', wholeBetween(1, 1e4), 20)
    .option(
      '--speed [faces]',
      'faces: measure the cache of decoded faces against the files',
      wholeBetween(1, 1e6),
    )
    .option('--sheet <file.html>', 'write a contact sheet of the findings')
    .option('--json', 'print one JSON object', false)
    .action(async (labels: string, flags: CheckFlags) => {
      process.exitCode = await runCheck(labels, flags);
    });
}

async function runCheck(labels: string, flags: CheckFlags): Promise<number> {
  const split = flags.split === undefined ? null : await readSplit(flags.split);
  if (flags.split !== undefined && !split) {
    process.stderr.write(`${flags.split}: no such split\n`);
    return exitCodes.usage;
  }
  const parts = split?.parts ?? new Map<string, SplitPart>();
  const isScenes = labels.endsWith('.json') || (await isVocFolder(labels));
  const report = isScenes
    ? await checkScenes(labels, parts, flags.leastSide)
    : await checkFaces(labels, parts, flags);
  if (flags.sheet !== undefined) {
    const root = isScenes ? join(dirname(labels), 'images') : labels;
    const address = (file: string): string => pathToFileURL(resolve(root, file)).href;
    await writeFile(flags.sheet, contactSheet(`Findings in ${labels}`, report, address));
  }
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : checkText(report));
  const grave = report.findings.some(({ kind }) => graveKinds.has(kind));
  return grave ? exitCodes.failure : exitCodes.ok;
}

const graveKinds: ReadonlySet<string> = new Set(['unreadable', 'bad label', 'duplicate across parts']);
/** Faces that the speed is measured on where no number is given. */
const usualSample = 500;

async function checkFaces(
  folder: string,
  parts: ReadonlyMap<string, SplitPart>,
  { leastSide, speed }: CheckFlags,
): Promise<DataReport> {
  const pictures = await readLabelledFolder(folder);
  const report = await checkFolder(folder, pictures, parts, leastSide);
  if (speed === undefined) return report;
  const unreadable = new Set(
    report.findings.flatMap(({ kind, file }) => (kind === 'unreadable' ? [file] : [])),
  );
  const most = speed === true ? usualSample : speed;
  return {
    ...report,
    cache: await tryCache(
      folder,
      pictures.filter(({ file }) => !unreadable.has(file)),
      most,
    ),
  };
}

/** Caches some faces, spread over the folder, in a place that goes away again. */
async function tryCache(
  folder: string,
  pictures: readonly LabelledPicture[],
  most: number,
): Promise<CacheSpeed> {
  const step = Math.max(1, pictures.length / most);
  const faces = pictures
    .filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    .map(({ file, label }) => ({
      ...{ file, label, group: file, source: '' },
      ...{ picture: join(folder, file), box: null, detected: false },
    }));
  const cache = await mkdtemp(join(tmpdir(), 'maskwatch-cache-'));
  try {
    const store = await cacheFaces(cache, faces, () => undefined);
    return await measureCache(store, faces, most, () => performance.now());
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}
