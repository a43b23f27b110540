import type { Choice, ChoiceHistory } from './choice-history.js';
import { ClassifierError } from './classifier-error.js';
import type { WeightsLibrary } from './weights-library.js';

/** What a server begins with. */
export interface FirstChoice {
  /** What the analysis processes are given. */
  readonly folder: string;
  /** The last one is that classifier. */
  readonly history: ChoiceHistory;
  /** Choices that could not be used, each in one sentence. */
  readonly problems: readonly string[];
}

/**
 * The classifier to begin with: the one chosen last that is sound, otherwise the configured one. A damaged one thus costs
 * the choice, not the analysis.
 *
 * @param configured a name, or a path that is left to the analysis processes to judge
 */
export async function firstChoice(
  stored: ChoiceHistory | undefined,
  configured: string,
  library: Pick<WeightsLibrary, 'verify' | 'folderOf'>,
): Promise<FirstChoice> {
  const problems: string[] = [];
  const left: Choice[] = [...(stored ?? [])];
  for (let choice = left.at(-1); choice !== undefined; left.pop(), choice = left.at(-1)) {
    try {
      const folder = await library.verify(choice.name);
      const [first = choice, ...rest] = left;
      return { folder, history: [first, ...rest], problems };
    } catch (error) {
      if (!(error instanceof ClassifierError)) throw error;
      problems.push(`The mask classifier ${choice.name} cannot be used: ${error.message}`);
    }
  }
  return { folder: await configuredFolder(configured, library), history: [{ name: configured }], problems };
}

async function configuredFolder(
  configured: string,
  library: Pick<WeightsLibrary, 'folderOf'>,
): Promise<string> {
  try {
    return await library.folderOf(configured);
  } catch (error) {
    // The processes say what is wrong with it, and health shows that they do not run.
    if (error instanceof ClassifierError) return configured;
    throw error;
  }
}
