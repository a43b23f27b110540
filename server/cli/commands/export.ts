import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { exportDetector } from '../../../models/lab/export-graph/export-detector.js';
import { exportGraph } from '../../../models/lab/export-graph/export-graph.js';
import { exportText } from '../../../models/lab/export-graph/export-text.js';
import { exitCodes } from '../exit-codes.js';
import { wholeBetween } from '../number-list.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface ExportFlags {
  readonly out?: string;
  readonly input?: number;
  readonly json: boolean;
}

/** `maskwatch export WEIGHTS`: a classifier or a detector as a frozen SavedModel. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      'write a model as a frozen SavedModel: bytes of crops in and probabilities out, or bytes of pictures in and faces out',
    )
    .argument('<weights>', 'weights folder: a name in models/weights, or a path')
    .option('--out <dir>', 'folder of the SavedModel (default: runs/<weights>/saved-model)')
    .option('--input <px>', 'detectors: side of the square input (default: its own)', wholeBetween(32, 4096))
    .option('--json', 'print one JSON object', false)
    .action(async (weights: string, flags: ExportFlags) => {
      process.exitCode = await runExport(weights, flags);
    });
}

async function runExport(weights: string, flags: ExportFlags): Promise<number> {
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const source = weightsFolder(weights);
  const target = resolve(flags.out ?? join('runs', weights.split('/').at(-1) ?? weights, 'saved-model'));
  const engine = await loadEngine({ threads: 1, onFallback: note });
  try {
    const report = (await isDetector(source))
      ? await exportDetector(engine, source, target, flags.input)
      : await exportGraph(engine, source, target);
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : exportText(report));
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof RangeError) {
      note(error.message);
      return exitCodes.usage;
    }
    return weightsFailure(error, note);
  }
}

/** By what the manifest says of its task; what cannot be read is told when it is opened. */
async function isDetector(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '');
  return /"task":\s*"face-detector"/.test(text);
}
