/** Where progress is written: standard error, or a stand-in. */
export interface ProgressSink {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/** Tells how far a long job is. */
export interface Progress {
  /** @param done steps behind; @param note short facts, for example the loss */
  update(done: number, note: string): void;
  /** Writes a line of its own. */
  say(line: string): void;
}

/**
 * A bar that is redrawn in place on a terminal; elsewhere a plain line whenever another twentieth is done.
 * @param now clock in milliseconds
 */
export function createProgress(
  sink: ProgressSink,
  total: number,
  start: number,
  now: () => number,
): Progress {
  const began = now();
  let lastPart = -1;
  let lastDrawn = -Infinity;
  return {
    update(done, note) {
      const part = Math.floor((20 * done) / total);
      const line = `${progressLine(done, total, start, now() - began)} ${note}`;
      if (sink.isTTY === true) {
        if (now() - lastDrawn < 100 && done < total) return;
        lastDrawn = now();
        sink.write(`\r\u001b[2K${line}`);
      } else if (part !== lastPart) {
        lastPart = part;
        sink.write(`${line}\n`);
      }
    },
    say(line) {
      sink.write(sink.isTTY === true ? `\r\u001b[2K${line}\n` : `${line}\n`);
    },
  };
}

/**
 * `[#####---------------]  25 % 250/1000, 3 min 20 s left`
 * @param start steps that were done before this run began
 * @param elapsedMs time since this run began
 */
export function progressLine(done: number, total: number, start: number, elapsedMs: number): string {
  const filled = Math.round((20 * done) / total);
  const bar = '#'.repeat(filled) + '-'.repeat(20 - filled);
  const left = done > start ? ((total - done) * elapsedMs) / (done - start) : null;
  const percent = String(Math.floor((100 * done) / total)).padStart(3);
  return `[${bar}] ${percent} % ${done}/${total}${left === null ? '' : `, ${duration(left)} left`}`;
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
