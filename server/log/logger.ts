import { pino, type Logger } from 'pino';
import { visibleText } from './visible-text.js';

export type { Logger };

/** Levels that the configuration knows. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A logger whose level can change, also that of the children made of it. */
export type LeveledLogger = Logger & { setLevel(level: LogLevel): void };

/**
 * Makes the root logger: one JSON object a line. Whatever a line holds, a terminal
 * shows it as one line: pino escapes C0, and what it leaves (C1, writing direction) is escaped here.
 *
 * @param redact takes known secrets out of a finished line
 * @param write takes the finished lines
 */
export function createLogger(
  level: LogLevel,
  redact: (text: string) => string,
  write: (line: string) => unknown,
): LeveledLogger {
  // Children keep the level they were made with: the root lets all through, and the gate stands where lines are written.
  let least = numberOf(level);
  const log = pino(
    { level: 'trace', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write: (line: string) => {
        const said = Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? Infinity);
        if (said >= least) write(`${visibleText(redact(line).trimEnd())}\n`);
      },
    },
  );
  return Object.assign(log, {
    setLevel: (next: LogLevel) => {
      least = numberOf(next);
    },
  });
}

function numberOf(level: LogLevel): number {
  return level === 'silent' ? Infinity : (pino.levels.values[level] ?? 0);
}
