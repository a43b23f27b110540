import { openWeights } from '../../../models/classify/open-weights.js';
import type { Manifest } from '../../../models/classify/manifest.js';
import type { Tf } from '../../../models/engine/engine.js';
import type { RunRequest } from '../../../models/lab/train/run-request.js';
import { type ControlPlace, openModelControl } from '../models/model-control.js';
import { modelPlace } from '../models/model-place.js';
import { UnfitFlagError } from './unfit-flag-error.js';

/** Flags of `train` that are about the classifiers of the product. */
export interface FineTuneFlags {
  /** A classifier to go on from, or `current`. */
  readonly from?: string;
  readonly dataDir?: string;
  readonly config?: string;
  readonly server?: string;
}

/** The classifier that a training goes on from. */
export interface StartingPoint {
  readonly folder: string;
  readonly manifest: Manifest;
  /** A name for what comes out, which no classifier has yet. */
  readonly newName: string;
}

/** Highest learning rate where none is given: what is there is to be adapted, not unlearnt. */
const fineTuneRate = 2e-4;

/** The place that the flags name. @throws ConfigError */
export function placeOf({ dataDir, config, server }: FineTuneFlags): Promise<ControlPlace> {
  return modelPlace({
    ...(dataDir === undefined ? {} : { data: dataDir }),
    ...(config === undefined ? {} : { config }),
    ...(server === undefined ? {} : { server }),
  });
}

/**
 * Finds and checks the classifier that `--from` names.
 *
 * @returns undefined where none is named
 * @throws ClassifierError, ServerRefusal, ConfigError, WeightsError
 */
export async function startingPoint(
  tf: Tf,
  flags: FineTuneFlags,
  now: Date,
): Promise<StartingPoint | undefined> {
  if (flags.from === undefined) return undefined;
  const place = await placeOf(flags);
  const name = flags.from === 'current' ? await currentName(place) : flags.from;
  const folder = await place.library.folderOf(name);
  const { manifest, model } = await openWeights(tf, folder);
  model.dispose();
  const taken = new Set((await place.library.list()).map((entry) => entry.name));
  return { folder, manifest, newName: freeName(name, now, taken) };
}

async function currentName(place: ControlPlace): Promise<string> {
  const control = await openModelControl(place, false);
  try {
    return (await control.list()).active;
  } finally {
    control.close();
  }
}

/** The name with today's date, and a number where that is taken; an older date in it is replaced. */
export function freeName(from: string, now: Date, taken: ReadonlySet<string>): string {
  const base = `${from.replace(/-\d{4}-\d{2}-\d{2}(-\d+)?$/, '')}-${now.toISOString().slice(0, 10)}`;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(name)) return name;
  }
}

/** Flags that decide how a network is built. */
interface BuildFlags {
  readonly arch: string;
  readonly classes: number;
  readonly size?: number;
}

/**
 * The flags with what the starting point decides: its build, a lower rate, a new name.
 *
 * @param given tells whether the user gave a flag himself
 * @throws UnfitFlagError naming a given flag that asks for another build
 */
export function fineTuneFlags<F extends BuildFlags & { readonly rate: number; readonly name?: string }>(
  flags: F,
  start: StartingPoint | undefined,
  given: (flag: string) => boolean,
): F {
  if (start === undefined) return flags;
  const { manifest, newName } = start;
  const build = {
    arch: manifest.architecture,
    classes: manifest.classes.length,
    size: manifest.inputSize,
  } satisfies Required<BuildFlags>;
  for (const flag of ['arch', 'classes', 'size'] as const) {
    if (given(flag) && flags[flag] !== build[flag]) {
      throw new UnfitFlagError(`--${flag} must be ${build[flag]}, as in ${manifest.name}, or be left out`);
    }
  }
  const rate = given('rate') ? flags.rate : fineTuneRate;
  return { ...flags, ...build, name: flags.name ?? newName, rate };
}

/** The run that begins with the starting point's weights and crops faces as that one was taught to see them. */
export function goingOn(request: RunRequest, start: StartingPoint | undefined): RunRequest {
  if (start === undefined) return request;
  const augmentation = { ...request.augmentation, margin: start.manifest.crop.margin };
  return { ...request, initial: start.folder, augmentation };
}
