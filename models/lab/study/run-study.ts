import type { RowFigures, StudyResults } from './study-results.js';
import type { StudyRow } from './study-rows.js';

/** What runs the rows and keeps what they come to. */
export interface StudyHooks {
  /** Runs one row; null when it was stopped. @throws Error with the reason where the row cannot be run */
  run(row: StudyRow, signal: AbortSignal): Promise<RowFigures | null>;
  /** Keeps all finished rows; called after each. */
  save(results: StudyResults): Promise<void>;
  /** Told of each row before it runs, and of each that failed. */
  say(line: string): void;
}

/** How a study ended. */
export interface StudyOutcome {
  readonly results: StudyResults;
  /** Rows that could not be run, with the reason; they are tried again next time. */
  readonly failed: ReadonlyMap<string, string>;
  readonly stopped: boolean;
}

/**
 * Runs the rows that are not finished, one after the other. A row that fails is told and passed over.
 *
 * @param finished rows of earlier runs; rows that the study no longer has are dropped
 * @param signal stops after the row under way has been stopped
 */
export async function runStudy(
  rows: readonly StudyRow[],
  finished: StudyResults,
  hooks: StudyHooks,
  signal: AbortSignal,
): Promise<StudyOutcome> {
  const results: Record<string, RowFigures> = {};
  for (const { key } of rows) if (finished[key]) results[key] = finished[key];
  const failed = new Map<string, string>();
  for (const [i, row] of rows.entries()) {
    if (results[row.key]) continue;
    if (signal.aborted) return { results, failed, stopped: true };
    hooks.say(`Row ${i + 1} of ${rows.length}: ${describeRow(row)}`);
    try {
      const figures = await hooks.run(row, signal);
      if (figures === null) return { results, failed, stopped: true };
      results[row.key] = figures;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failed.set(row.key, reason);
      hooks.say(`Row ${i + 1} failed: ${reason}`);
      continue;
    }
    await hooks.save(results);
  }
  return { results, failed, stopped: false };
}

/** A row in one line, for example `rate 0.001, freeze backbone`. */
function describeRow({ varied }: StudyRow): string {
  const parts = Object.entries(varied).map(([name, value]) => `${name} ${String(value)}`);
  return parts.length > 0 ? parts.join(', ') : 'the only one';
}
