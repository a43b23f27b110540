import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { exportGraph } from '../../../models/lab/export-graph/export-graph.js';
import { exportText } from '../../../models/lab/export-graph/export-text.js';
import { exitCodes } from '../exit-codes.js';
import { weightsFailure, weightsFolder } from '../weights-folder.js';

interface ExportFlags {
  readonly out?: string;
  readonly json: boolean;
}

/** `maskwatch export WEIGHTS`: a classifier as a frozen SavedModel. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write a mask classifier as a frozen SavedModel: bytes of crops in, probabilities out')
    .argument('<weights>', 'weights folder: a name in models/weights, or a path')
    .option('--out <dir>', 'folder of the SavedModel (default: runs/<weights>/saved-model)')
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
    const report = await exportGraph(engine, source, target);
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : exportText(report));
    return exitCodes.ok;
  } catch (error) {
    return weightsFailure(error, note);
  }
}
