import { pino, type Logger } from 'pino';

export type { Logger };

/** Levels that the configuration knows. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * Makes the root logger: one JSON object a line on stderr, so that stdout stays free for data.
 *
 * @param redact takes known secrets out of a finished line
 */
export function createLogger(level: LogLevel, redact: (text: string) => string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => void process.stderr.write(redact(line)) },
  );
}
