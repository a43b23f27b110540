import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readWeights } from '../../models/classify/read-weights.js';
import { WeightsError } from '../../models/classify/weights-error.js';
import { ClassifierError } from './classifier-error.js';
import { installWeights } from './install-weights.js';
import { type LibraryEntry, type Origin, readEntry } from './library-entry.js';

/** A name that a weights folder may have. */
const folderName = /^[a-z0-9][a-z0-9.-]*$/;

/** The mask classifiers that there are: those that ship with the product and those that were installed here. */
export class WeightsLibrary {
  readonly #folders: Readonly<Record<Origin, string>>;

  /**
   * @param shipped `models/weights` of the product
   * @param installed `models` in the data folder; need not exist
   */
  constructor(shipped: string, installed: string) {
    this.#folders = { shipped, installed };
  }

  /**
   * All of them, shipped ones first, each kind by name. Only manifests and cards are read; the rest is checked when a
   * classifier is loaded.
   */
  async list(): Promise<readonly LibraryEntry[]> {
    const shipped = await this.#listOf('shipped');
    const names = new Set(shipped.map(({ name }) => name));
    const installed = await this.#listOf('installed');
    return [
      ...shipped,
      ...installed.map((entry) =>
        names.has(entry.name)
          ? { ...entry, problem: 'a shipped model has the same name and is used instead' }
          : entry,
      ),
    ];
  }

  /**
   * The folder of a usable classifier.
   *
   * @throws ClassifierError `model-not-found`, or `model-refused` where its manifest is no good
   */
  async folderOf(name: string): Promise<string> {
    const entry = (await this.list()).find((candidate) => candidate.name === name);
    if (entry === undefined) {
      throw new ClassifierError('model-not-found', 'There is no mask classifier of that name.');
    }
    if (entry.problem !== undefined) throw new ClassifierError('model-refused', entry.problem);
    return entry.folder;
  }

  /**
   * Reads all of a classifier and compares it with its checksums.
   *
   * @returns its folder
   * @throws ClassifierError naming the file at fault
   */
  async verify(name: string): Promise<string> {
    const folder = await this.folderOf(name);
    try {
      await readWeights(folder);
    } catch (error) {
      if (!(error instanceof WeightsError)) throw error;
      const message = error.message.replaceAll(`${dirname(folder)}/`, '');
      throw new ClassifierError('model-refused', message, { cause: error });
    }
    return folder;
  }

  /**
   * Copies a weights folder to the installed ones. What is copied is checked; nothing is overwritten.
   *
   * @param source any folder with `manifest.json`, `model.json`, `weights.bin` and perhaps `CARD.md`
   * @returns the name under which it can be used, and whether it was there already, with the same content
   * @throws ClassifierError `model-refused` naming the file at fault, or `model-exists`
   */
  async install(source: string): Promise<{ readonly name: string; readonly already: boolean }> {
    return installWeights(source, this.#folders.installed, await this.list());
  }

  async #listOf(origin: Origin): Promise<LibraryEntry[]> {
    const parent = this.#folders[origin];
    let names: string[];
    try {
      const found = await readdir(parent, { withFileTypes: true });
      names = found
        .filter((item) => item.isDirectory() && folderName.test(item.name))
        .map(({ name }) => name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    const entries = await Promise.all(names.sort().map((name) => readEntry(join(parent, name), origin)));
    return entries.filter((entry) => entry !== undefined);
  }
}
