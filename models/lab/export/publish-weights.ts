import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../classify/manifest.js';
import { wornStates } from '../../mask-classifier.js';
import { architectureNamed } from '../architectures/registry.js';
import { assumedFill } from '../data/cache-faces.js';
import { countParts } from '../data/load-data-set.js';
import type { DataSet } from '../data/load-data-set.js';
import { classesOf } from '../lab-class.js';
import type { TestResult } from '../train/test-result.js';
import type { RunRequest } from '../train/run-request.js';
import type { RunOutcome } from '../train/run-training.js';
import type { UnknownRule } from '../train/unknown-rule.js';
import { cardMarkdown } from './card.js';
import { writeWeights } from './write-weights.js';

/** A finished run on its way into a weights folder. */
export interface Publication {
  readonly folder: string;
  readonly name: string;
  /** The command line that made it. */
  readonly command: string;
  readonly at: Date;
  readonly request: RunRequest;
  readonly data: DataSet;
  readonly outcome: RunOutcome & { readonly test: TestResult; readonly unknownRule: UnknownRule };
}

/** Writes weights, manifest and `CARD.md`. @returns the card */
export async function publishWeights(publication: Publication): Promise<string> {
  const { folder, name, command, at, request, data, outcome } = publication;
  const { normalisation } = architectureNamed(request.architecture);
  const rule = outcome.unknownRule;
  const manifest = await writeWeights(folder, outcome.model, {
    name,
    architecture: request.architecture,
    inputSize: request.size,
    classes: classesOf(request.outputs),
    output: outcome.model.outputs[0]?.shape.at(-1) === 1 ? 'sigmoid' : 'probabilities',
    normalisation,
    crop: { kind: 'square', margin: request.augmentation.margin, faceFill: assumedFill },
    thresholds: { minConfidence: rule.minConfidence, minFaceSide: 8, reject: rule.reject },
    licence: 'MIT',
    data: sourceLines(data),
    ...testFigures(outcome.test),
    created: { command, at: at.toISOString() },
  });
  const card = cardMarkdown({
    manifest,
    parts: countParts(data),
    dataNotes: [
      `Left out: ${data.leftOut.suspect} faces of doubtful label, ${data.leftOut.reserved} whose scenes are kept for public validation, ` +
        `${data.leftOut.unreadable} unreadable.`,
      'Split by scene, person and near duplicate (perceptual hash), never by file.',
    ],
    test: outcome.test,
    rule,
    bytes: (await stat(join(folder, 'weights.bin'))).size,
  });
  await writeFile(join(folder, 'CARD.md'), card);
  return card;
}

/** The figures that go into the manifest; none where the test part has no faces. */
function testFigures({ worn }: TestResult): Pick<Manifest, 'test'> {
  const { faces, accuracy, macroRecall, confusion } = worn;
  if (accuracy === null || macroRecall === null) return {};
  const classes = wornStates.filter((state) => confusion.classes.includes(state));
  const counts = confusion.counts.map((row) => [...row]);
  return { test: { faces, accuracy, macroRecall, confusion: { classes, counts } } };
}

function sourceLines({ faces }: DataSet): string[] {
  const counts = new Map<string, number>();
  for (const { source } of faces) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].sort().map(([source, n]) => `${source}: ${n} faces`);
}
