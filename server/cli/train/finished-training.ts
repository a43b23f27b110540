import type { TestResult } from '../../../models/lab/train/test-result.js';
import { comparisonText } from './comparison-text.js';
import { type FineTuneFlags, placeOf, type StartingPoint } from './fine-tune.js';

/**
 * What `train` prints at its end: the card, or, where it went on from a classifier, both side by side.
 *
 * @param before how the starting point did on the same faces
 */
export function resultText(
  { name, test, card }: { readonly name: string; readonly test: TestResult; readonly card: string },
  start: StartingPoint | undefined,
  before: TestResult | null,
  json: boolean,
): string {
  if (start === undefined || before === null) return json ? `${JSON.stringify(test)}\n` : card;
  const old = { name: start.manifest.name, test: before };
  return json
    ? `${JSON.stringify({ before: old, after: { name, test } })}\n`
    : comparisonText(old, { name, test });
}

/**
 * Installs what came out, only where that was asked for.
 *
 * @param weights folder of what came out
 * @returns how to go on, in one line
 * @throws ClassifierError
 */
export async function offer(
  weights: string,
  name: string,
  flags: FineTuneFlags & { readonly install: boolean },
): Promise<string> {
  if (!flags.install) return `Nothing is installed. To do so: maskwatch models install ${weights}`;
  await (await placeOf(flags)).library.install(weights);
  return `${name} is installed. To let it run: maskwatch models use ${name}`;
}
