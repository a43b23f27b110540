import { expect } from 'chai';
import { importsOf, productSources } from './source-files.js';

/** Files whose types the client may import: the contract between it and the server, and what that is made of. */
const clientContract =
  /^(server\/(http\/([a-z]+-)?api|realtime\/events|analysis\/messages)|streams\/camera-status|models\/(image|mask-classifier))\.ts$/;

/** The one file that may import each heavy dependency, as far as the product is concerned. */
const doors = [
  '@tensorflow/tfjs-node',
  '@vladmandic/face-api',
  'fluent-ffmpeg',
  'werift',
  'better-sqlite3',
  '@opentelemetry/api',
] as const;

function folder(path: string): string {
  return path.split('/')[0] ?? '';
}

function isProduct(path: string): boolean {
  return /^(server|streams|models|client)\//.test(path);
}

/** The complaint about one import, or `undefined`. */
function wrongWay(from: string, to: string, typeOnly: boolean): string | undefined {
  if (!isProduct(to)) return undefined;
  const arrow = `${from} → ${to}`;
  if (folder(from) === 'client' && folder(to) !== 'client') {
    return typeOnly && clientContract.test(to)
      ? undefined
      : `${arrow}: the client imports only the contract's types`;
  }
  if (folder(to) === 'client' && folder(from) !== 'client') return `${arrow}: nobody imports the client`;
  if (to.startsWith('models/lab/') && !/^(models\/lab|server\/cli)\//.test(from)) {
    return `${arrow}: only the command line imports the lab`;
  }
  const lower = folder(from) === 'streams' || folder(from) === 'models';
  return lower && folder(to) !== folder(from) ? `${arrow}: wrong way` : undefined;
}

/** Groups of files that import each other in a circle, at run time. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.add([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return [...found];
}

describe('imports', () => {
  const sources = productSources();
  const imports = new Map(sources.map((path) => [path, importsOf(path)]));

  it('point one way: server to streams and models, the client only to the contract, the lab only from the CLI', () => {
    const wrong = [...imports].flatMap(([from, list]) =>
      list
        .map(({ target, typeOnly }) => wrongWay(from, target, typeOnly))
        .filter((line) => line !== undefined),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('lead to files that exist', () => {
    const all = new Set(sources);
    const lost = [...imports].flatMap(([from, list]) =>
      list
        .filter(({ target }) => isProduct(target) && /\.[jt]sx?$/.test(target) && !all.has(target))
        .map(({ target }) => `${from} → ${target}`),
    );
    expect(lost).to.deep.equal([]);
  });

  it('form no cycle', () => {
    const graph = new Map(
      [...imports].map(([from, list]) => [
        from,
        list.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target),
      ]),
    );
    expect(cycles(graph)).to.deep.equal([]);
  });

  for (const name of doors) {
    it(`reach ${name} through one file only`, () => {
      const importers = [...imports]
        .filter(([, list]) => list.some(({ target, typeOnly }) => target === name && !typeOnly))
        .map(([path]) => path);
      expect(importers.length, importers.join(', ')).to.be.at.most(1);
    });
  }
});
