import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import { valueAt } from './config-keys.js';

/** A part of the configuration as a merge patch (RFC 7396): null takes a key out, a list replaces the list. */
export type ConfigPatch = Readonly<Record<string, unknown>>;

/**
 * Lays a patch over the text of a configuration file. Comments, order and spelling of everything else stay. Lists whose
 * entries have an `id` are changed entry by entry, so that the comments of the others stay too.
 *
 * @throws never for a text that `parseConfigFile` takes
 */
export function editConfigFile(text: string, patch: ConfigPatch): string {
  const document = parseDocument(text);
  if (!isMap(document.contents))
    document.contents = document.createNode({}) as unknown as typeof document.contents;
  merge(document, [], patch);
  return document.toString({ lineWidth: 120 });
}

function merge(document: Document, path: readonly PropertyKey[], patch: ConfigPatch): void {
  for (const [key, value] of Object.entries(patch)) {
    const here = [...path, key];
    if (value === null) document.deleteIn(here);
    else if (Array.isArray(value)) mergeList(document, here, value);
    else if (typeof value === 'object') {
      if (!isMap(document.getIn(here))) document.setIn(here, document.createNode({}));
      merge(document, here, value as ConfigPatch);
    } else document.setIn(here, value);
  }
}

function mergeList(document: Document, path: readonly PropertyKey[], entries: readonly unknown[]): void {
  const list: unknown = document.getIn(path);
  const named = entries.every((entry) => typeof valueAt(entry, ['id']) === 'string');
  if (!isSeq(list) || !named || entries.length === 0) {
    document.setIn(path, document.createNode(entries));
    return;
  }
  const before = list.items.map((item) => (isMap(item) ? item.get('id') : undefined));
  const flow = list.items.length === 0;
  list.items = entries.map((entry) => {
    const known = list.items[before.indexOf(valueAt(entry, ['id']))];
    if (!isMap(known)) return document.createNode(entry);
    const fields = entry as Record<string, unknown>;
    for (const { key } of [...known.items]) {
      if (!Object.hasOwn(fields, String(key))) known.delete(key);
    }
    for (const [key, value] of Object.entries(fields)) {
      if (JSON.stringify(valueAt(known.toJSON(), [key])) !== JSON.stringify(value))
        known.set(key, document.createNode(value));
    }
    return known;
  });
  if (flow) list.flow = false;
}
