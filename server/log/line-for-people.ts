import { styleText } from 'node:util';
import { visibleText } from './visible-text.js';

/** What pino writes beside the facts of a line. */
interface LogLine extends Readonly<Record<string, unknown>> {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly part?: string;
  readonly err?: unknown;
}

/** From the gravest; the first that is reached names the line. */
const levels = [
  [50, 'error', 'red'],
  [40, 'warn', 'yellow'],
  [30, 'info', 'green'],
  [20, 'debug', 'blue'],
  [0, 'trace', 'gray'],
] as const;

/**
 * A line of the log for somebody at a terminal: time of day (UTC, as in the log itself), level, part, message, facts; below it the stack of an
 * error. Whatever it holds, a terminal obeys none of it.
 *
 * @param json one line as `createLogger` writes it
 * @param colour whether the level has a colour
 */
export function lineForPeople(json: string, colour: boolean): string {
  const { level, time, msg = '', part, err, ...facts } = JSON.parse(json) as LogLine;
  const [, word, tone] = levels.find(([least]) => level >= least) ?? levels[0];
  const name = colour ? styleText(tone, word.padEnd(5), { validateStream: false }) : word.padEnd(5);
  const said = `${part === undefined ? '' : `${part}: `}${msg}`;
  const known = Object.entries(facts).map(([key, value]) => `${key}=${inFew(value)}`);
  const line = [time.slice(11, 19), name, visibleText([said, ...known].join(' ').trim())].join(' ');
  return [line, ...stackOf(err)].join('\n');
}

/** A word as it is, everything else as JSON, in which its ends can be seen. */
function inFew(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

function stackOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { stack, message } = error as { readonly stack?: unknown; readonly message?: unknown };
  const text = typeof stack === 'string' ? stack : String(message);
  return text.split('\n').map((line) => `    ${visibleText(line.trim())}`);
}
