import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputClass } from '../../classify/manifest.js';

/** The graph may differ from the layers by this much in a probability or score. */
export const exportTolerance = 1e-4;

/** An input or output of an exported graph. */
export interface GraphPort {
  readonly name: string;
  readonly type: 'string' | 'float32';
  /** `n` and `k` stand for sizes known only when the graph runs. */
  readonly shape: string;
  readonly meaning: string;
}

/** What an export wrote. */
export interface ExportReport {
  /** Path of `saved_model.pb`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly weights: string;
  readonly signature: 'serving_default';
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly classes: readonly OutputClass[];
  /** Largest difference in a probability between graph and layers; null where no engine here runs graphs. */
  readonly largestDifference: number | null;
}

/** A graph on its way into a file. */
export interface CheckedGraph extends Omit<ExportReport, 'file' | 'bytes' | 'sha256' | 'signature'> {
  /** The bytes of `saved_model.pb`. */
  readonly graph: Uint8Array;
}

/** Writes a graph, if it agrees with its layers. @throws Error where it differs by more than `exportTolerance` */
export async function writeGraph(target: string, { graph, ...facts }: CheckedGraph): Promise<ExportReport> {
  const { largestDifference } = facts;
  if (largestDifference !== null && !(largestDifference <= exportTolerance)) {
    throw new Error(`The graph differs from the layers by ${largestDifference}: nothing was written`);
  }
  const file = join(target, 'saved_model.pb');
  await mkdir(target, { recursive: true });
  await writeFile(file, graph);
  const sha256 = createHash('sha256').update(graph).digest('hex');
  return { file, bytes: graph.length, sha256, signature: 'serving_default', ...facts };
}
