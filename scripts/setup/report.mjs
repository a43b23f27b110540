/** Marks before the lines, so that a glance down the left edge tells what happened. */
const marks = { ok: '✓', note: '·', warn: '!', fail: '✗' };

/**
 * Prints one line a step to stderr; standard output belongs to what runs afterwards.
 *
 * @param {'ok' | 'note' | 'warn' | 'fail'} kind
 * @param {string} text
 */
export function say(kind, text) {
  process.stderr.write(`${marks[kind]} ${text}\n`);
}

/** Prints a warning that cannot be overlooked. */
export function shout(lines) {
  const bar = '!'.repeat(78);
  process.stderr.write(`${[bar, ...lines.map((line) => `!!  ${line}`), bar].join('\n')}\n`);
}

/** A failure that set-up explains itself; nothing but its message is shown. */
export class SetupError extends Error {
  /** @param {string} message what is wrong and what to do about it */
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

/**
 * Runs a long step: says what begins, how long it has been running every ten seconds, and how long it took.
 *
 * @template T
 * @param {string} what for example "building the SQLite addon"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function longStep(what, work) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  say('note', `${what} …`);
  const ticker = setInterval(() => say('note', `${what} … ${seconds()} s`), 10_000);
  try {
    const result = await work();
    say('ok', `${what}: done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
