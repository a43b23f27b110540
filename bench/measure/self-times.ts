import type { Profiler } from 'node:inspector';
import { basename } from 'node:path';
import type { ResultTable } from '../benchmark.js';

/** Of how many functions is told. */
const most = 12;

/** The functions in which a thread spent most of its time, from a sampled profile. */
export function selfTimes({ nodes, samples = [] }: Profiler.Profile): ResultTable {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const counts = new Map<string, number>();
  for (const id of samples) {
    const name = names.get(id) ?? 'unknown';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const largest = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
  return {
    head: ['function of the serving process', 'share of its thread'],
    rows: largest.map(([name, count]) => [name, `${((100 * count) / samples.length).toFixed(1)} %`]),
  };
}

function nameOf({ functionName, url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  // The kinds of time that are no function, such as (idle), stand in brackets already.
  if (functionName.startsWith('(')) return functionName;
  const place = url === '' ? '' : ` ${basename(url)}:${lineNumber + 1}`;
  return `${functionName === '' ? 'anonymous' : functionName}${place}`;
}
