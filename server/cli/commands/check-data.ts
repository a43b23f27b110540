import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { checkFolder } from '../../../models/lab/data/check-folder.js';
import { checkText, contactSheet } from '../../../models/lab/data/check-report.js';
import { readLabelledFolder } from '../../../models/lab/data/labelled-folder.js';
import { readSplit } from '../../../models/lab/data/split-file.js';
import { exitCodes } from '../exit-codes.js';
import { wholeBetween } from '../number-list.js';

interface CheckFlags {
  readonly split?: string;
  readonly leastSide: number;
  readonly sheet?: string;
  readonly json: boolean;
}

/** `maskwatch check-data DIR`: names unreadable, too small and repeated pictures of a labelled folder. */
export function checkDataCommand(): Command {
  return new Command('check-data')
    .description(
      'find unreadable, too small and repeated pictures in a folder with mask/, no_mask/, incorrect/',
    )
    .argument('<dir>', 'labelled folder')
    .option('--split <file>', 'also tell pictures that a split has in two parts')
    .option('--least-side <px>', 'short side under which a picture is too small', wholeBetween(1, 1e4), 20)
    .option('--sheet <file.html>', 'write a contact sheet of the findings')
    .option('--json', 'print one JSON object', false)
    .action(async (folder: string, flags: CheckFlags) => {
      process.exitCode = await runCheck(folder, flags);
    });
}

async function runCheck(folder: string, flags: CheckFlags): Promise<number> {
  const split = flags.split === undefined ? null : await readSplit(flags.split);
  if (flags.split !== undefined && !split) {
    process.stderr.write(`${flags.split}: no such split\n`);
    return exitCodes.usage;
  }
  const pictures = await readLabelledFolder(folder);
  const report = await checkFolder(folder, pictures, split?.parts ?? new Map(), flags.leastSide);
  if (flags.sheet !== undefined) {
    const address = (file: string): string => pathToFileURL(resolve(folder, file)).href;
    await writeFile(flags.sheet, contactSheet(`Findings in ${folder}`, report, address));
  }
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : checkText(report));
  const grave = report.findings.some(
    ({ kind }) => kind === 'unreadable' || kind === 'duplicate across parts',
  );
  return grave ? exitCodes.failure : exitCodes.ok;
}
