import { ClassifierChangeError } from '../classifier-change-error.js';

/** The part of a slot that is needed here. */
interface Changeable {
  useClassifier(folder: string): Promise<void>;
  revertClassifier(folder: string): Promise<void>;
}

/**
 * Changes the classifier of all processes, or of none: where one of them cannot load it, those that could take the one before
 * again.
 *
 * @param before the folder that all of them have now
 * @throws ClassifierChangeError with the first refusal
 */
export async function changeClassifier(
  slots: readonly Changeable[],
  folder: string,
  before: string,
): Promise<void> {
  const outcomes = await Promise.allSettled(slots.map((slot) => slot.useClassifier(folder)));
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  if (refusals.length === 0) return;
  const changed = slots.filter((_, n) => outcomes[n]?.status === 'fulfilled');
  await Promise.all(changed.map((slot) => slot.revertClassifier(before)));
  const [first] = refusals;
  throw new ClassifierChangeError('refused', first instanceof Error ? first.message : String(first), {
    cause: first,
  });
}
