import { LineCounter, isMap, isNode, isPair, isScalar, parseDocument } from 'yaml';
import { ConfigError } from './config-error.js';
import type { RawConfig } from './merge-environment.js';

/** A configuration file as data, with the way back to its lines. */
export interface ParsedConfigFile {
  readonly raw: RawConfig;
  /** `config.yaml:12` for a key path such as `['cameras', 0, 'url']`; the nearest parent's line where it is absent. */
  locate(path: readonly PropertyKey[]): string;
}

/**
 * Parses YAML 1.2 (JSON is a subset).
 *
 * @param fileName used in messages only
 * @throws ConfigError on a syntax error or when the top level is no mapping
 */
export function parseConfigFile(text: string, fileName: string): ParsedConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${fileName}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map((error) => ({ where: at(error.pos[0]), key: 'syntax', rule: error.message })),
    );
  }
  const raw: unknown = document.toJS() ?? {};
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    throw new ConfigError([{ where: at(0), key: 'file', rule: 'must be a mapping of keys to values' }]);
  }
  return {
    raw: raw as RawConfig,
    locate: (path) => {
      for (let length = path.length; length > 0; length--) {
        const offset = offsetOf(document, path.slice(0, length));
        if (offset !== undefined) return at(offset);
      }
      return fileName;
    },
  };
}

function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node: unknown = document.getIn([...path], true);
  return isNode(node) ? node.range?.[0] : undefined;
}
