import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createAnalysisPool } from '../../../server/analysis/analysis-pool.js';
import { dropReasons, type FrameAccount, type TracksMessage } from '../../../server/analysis/messages.js';
import type { AnalysisPool, PoolLimits, PoolLog } from '../../../server/analysis/pool-contract.js';

/** The module that runs the stub models. */
export const stubEntry = fileURLToPath(new URL('./stub-process.ts', import.meta.url));

/** A log that remembers. */
export interface Remembered extends PoolLog {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[];
}

export function rememberingLog(): Remembered {
  const lines: Remembered['lines'] = [];
  const keep =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push({ level, fields, message });
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** A pool of real processes with stub models. */
export function stubPool(
  detector: string,
  options: { processes?: number; limits?: Partial<PoolLimits>; log?: PoolLog } = {},
): AnalysisPool {
  return createAnalysisPool({
    settings: { detector, classifier: 'stub', frameSide: 320, threads: 1 },
    processes: options.processes ?? 1,
    log: options.log ?? rememberingLog(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DB_PASSWORD: 'hunter2' },
    entry: stubEntry,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
}

/** Resolves with the first tracks message that passes. */
export function tracksThat(
  pool: AnalysisPool,
  passes: (message: TracksMessage) => boolean = () => true,
): Promise<TracksMessage> {
  return new Promise((resolve) => {
    const end = pool.onTracks((message) => {
      if (!passes(message)) return;
      end();
      resolve(message);
    });
  });
}

/** Waits until something is so; the test's own timeout is the limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(20);
}

/** Fails unless the books balance and no number is negative. */
export function expectBalanced(account: FrameAccount): void {
  const dropped = dropReasons.reduce((sum, reason) => sum + account.dropped[reason], 0);
  expect(account.received).to.equal(account.processed + dropped + account.lost + account.waiting);
  const numbers = [account.processed, account.lost, account.waiting, ...Object.values(account.dropped)];
  expect(Math.min(...numbers), JSON.stringify(account)).to.be.at.least(0);
}
