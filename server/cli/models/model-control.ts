import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClassifierChangeError } from '../../analysis/classifier-change-error.js';
import { ClassifierDesk } from '../../classifiers/classifier-desk.js';
import { createChoiceStore } from '../../classifiers/choice-store.js';
import type { ChoiceStore } from '../../classifiers/choice-store.js';
import { firstChoice } from '../../classifiers/first-choice.js';
import type { WeightsLibrary } from '../../classifiers/weights-library.js';
import { readWeights } from '../../../models/classify/read-weights.js';
import { WeightsError } from '../../../models/classify/weights-error.js';
import type { ModelList } from '../../http/api.js';
import { createFlagStore } from '../../storage/flag-store.js';
import { openDatabase } from '../../storage/open-database.js';
import { DataFolderTakenError } from '../../storage/storage-errors.js';
import { controlPath } from '../../http/control-listener.js';
import { askByAddress, askBySocket } from '../ask-server.js';
import { RunningServer } from './running-server.js';

/** Where the mask classifier is chosen: in a server that runs, or in the data folder of one that does not. */
export interface ModelControl {
  /** Address of the running server; absent where none uses the data folder. */
  readonly server?: string;
  list(): Promise<ModelList>;
  use(name: string): Promise<ModelList>;
  rollBack(): Promise<ModelList>;
  /** Gives the data folder back; idempotent. */
  close(): void;
}

/** What a control is made from. */
export interface ControlPlace {
  /** An API token for that server, where it has accounts. */
  readonly token?: string | undefined;
  readonly dataDir: string;
  /** Classifier of the configuration. */
  readonly configured: string;
  readonly library: WeightsLibrary;
  /** Where a server that uses the data folder is asked; by the socket in that folder where absent. */
  readonly server?: string | undefined;
}

/**
 * Opens the control of a data folder; where a server uses that folder, the server is asked.
 *
 * @param change false for looking only: then no database is made where there is none
 */
export async function openModelControl(place: ControlPlace, change: boolean): Promise<ModelControl> {
  if (!change && !existsSync(join(place.dataDir, 'maskwatch.db'))) {
    return localControl(place, { read: () => undefined, write: () => undefined }, () => undefined);
  }
  try {
    const database = openDatabase(place.dataDir);
    return await localControl(place, createChoiceStore(createFlagStore(database)), () => database.close());
  } catch (error) {
    if (!(error instanceof DataFolderTakenError)) throw error;
    const { server, dataDir } = place;
    return server === undefined
      ? new RunningServer(`the server that uses ${dataDir}`, askBySocket(controlPath(dataDir)))
      : new RunningServer(server, askByAddress(server, place.token));
  }
}

async function localControl(
  { configured, library }: ControlPlace,
  store: ChoiceStore,
  close: () => void,
): Promise<ModelControl> {
  const { history, folder } = await firstChoice(store.read(), configured, library);
  const desk = new ClassifierDesk({
    library,
    // Nothing runs here: whether it could is what the checksums say.
    pool: { useClassifier: verify },
    store,
    history,
    folder,
    now: Date.now,
    onChanged: () => undefined,
  });
  return {
    list: () => desk.list(),
    use: (name) => desk.use(name),
    rollBack: () => desk.rollBack(),
    close,
  };
}

async function verify(folder: string): Promise<void> {
  try {
    await readWeights(folder);
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    throw new ClassifierChangeError('refused', error.message, { cause: error });
  }
}
