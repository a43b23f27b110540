import type { ModelView } from '../http/api.js';
import type { LibraryEntry } from './library-entry.js';

/** What the API shows of a classifier: no path of this machine is in it. */
export function modelView(entry: LibraryEntry, active: string): ModelView {
  const { name, origin, manifest, card, problem } = entry;
  return {
    name,
    origin,
    // A folder that is hidden behind a shipped one of the same name does not run.
    active: name === active && problem === undefined,
    ...(problem === undefined ? {} : { problem }),
    ...(card === undefined ? {} : { card }),
    ...(manifest === undefined ? {} : { facts: factsOf(manifest) }),
    ...(manifest?.test === undefined ? {} : { test: manifest.test }),
  };
}

function factsOf(manifest: NonNullable<LibraryEntry['manifest']>): NonNullable<ModelView['facts']> {
  const { architecture, parameters, inputSize, classes, licence, data, created } = manifest;
  return {
    architecture,
    parameters,
    inputSize,
    classes,
    licence,
    data,
    createdAt: created.at,
    command: created.command,
  };
}
