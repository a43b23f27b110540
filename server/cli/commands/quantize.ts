import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { loadEngine } from '../../../models/engine/load-engine.js';
import type { Precision } from '../../../models/lab/export/store-weight.js';
import { compareWeights } from '../../../models/lab/quantize/compare-weights.js';
import type { ComparisonFaces, WeightsRow } from '../../../models/lab/quantize/compare-weights.js';
import { comparisonCells, markdownTable } from '../../../models/lab/quantize/comparison-text.js';
import { quantizeWeights, storedWeights } from '../../../models/lab/quantize/quantize-weights.js';
import { columns } from '../../../models/lab/evaluate/faces-text.js';
import { exitCodes } from '../exit-codes.js';
import { labelledPart } from '../labelled-part.js';
import { wholeBetween } from '../number-list.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface QuantizeFlags {
  readonly to: readonly Precision[];
  readonly out?: string;
  readonly data?: string;
  readonly split?: string;
  readonly part: string;
  readonly threads: number;
  readonly json: boolean;
}

const precisions: readonly Precision[] = ['float16', 'int8'];

/** `maskwatch quantize WEIGHTS`: smaller weights folders, and what they lose. */
export function quantizeCommand(): Command {
  return new Command('quantize')
    .description('store the weights of a classifier as float16 and int8, and tell what each loses')
    .argument('<weights>', 'weights folder: a name in models/weights, or a path')
    .option('--to <list>', `what to write: ${precisions.join(', ')}`, precisionList, precisions)
    .option('--out <dir>', 'folder that takes the new weights folders (default: where the weights lie)')
    .option('--data <dir>', 'labelled face pictures to compare on: mask/, no_mask/, incorrect/')
    .option('--split <file>', 'compare on one part of a split only')
    .option('--part <name>', 'which part of the split', 'test')
    .option('--threads <n>', 'threads to compute with', wholeBetween(1, 256), 1)
    .option('--json', 'print one JSON object', false)
    .action(async (weights: string, flags: QuantizeFlags) => {
      process.exitCode = await runQuantize(weights, flags);
    });
}

async function runQuantize(weights: string, flags: QuantizeFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const source = weightsFolder(weights);
  let faces: ComparisonFaces | null = null;
  if (flags.data !== undefined) {
    try {
      faces = { root: flags.data, pictures: await labelledPart(flags.data, flags.split, flags.part) };
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
      return exitCodes.usage;
    }
  }
  const engine = await loadEngine({ threads: flags.threads, onFallback: note });
  try {
    const parent = resolve(flags.out ?? dirname(source));
    const command = ['maskwatch', ...process.argv.slice(2)].join(' ');
    const made = [];
    for (const precision of flags.to) {
      made.push(await quantizeWeights(engine.tf, { source, parent, precision, command, at: new Date() }));
    }
    const rows = await compareWeights(
      engine,
      [await storedWeights(basename(source), source), ...made],
      faces,
    );
    for (const row of rows.slice(1)) await writeFile(join(row.folder, 'CARD.md'), card(row, rows, command));
    process.stdout.write(
      flags.json ? `${JSON.stringify({ rows })}\n` : `${columns(comparisonCells(rows))}\n`,
    );
    return exitCodes.ok;
  } catch (error) {
    return weightsFailure(error, note);
  }
}

function card(row: WeightsRow, rows: readonly WeightsRow[], command: string): string {
  const [first] = rows;
  return [
    `# ${row.name}`,
    '',
    `\`${first?.name ?? ''}\` with its weights rounded; data, limits and licence are those of the original. Made by`,
    '',
    '```',
    command,
    '```',
    '',
    markdownTable(comparisonCells(rows)),
    '',
    row.faces > 0
      ? `Measured on ${row.faces} labelled faces; what is lost is in percentage points.`
      : 'Nothing was measured: no labelled faces were given.',
    '',
  ].join('\n');
}

function precisionList(text: string): Precision[] {
  return text.split(',').map((name) => {
    const found = precisions.find((precision) => precision === name.trim());
    if (found) return found;
    throw new InvalidArgumentError(`There are ${precisions.join(', ')}.`);
  });
}
