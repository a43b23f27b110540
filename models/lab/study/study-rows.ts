import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { StudyError } from './study-file.js';
import type { Setting, Settings, Study } from './study-file.js';

/** One training run of a study. */
export interface StudyRow {
  /** Names the run: the same settings have the same key. */
  readonly key: string;
  /** What tells this row from others, in the order of the table's columns; inputs by name. */
  readonly varied: Settings;
  /** All settings, inputs put in. */
  readonly settings: Settings;
  /** What others published of the like; no setting, only shown beside what came out. */
  readonly published?: string;
}

/** Rows of one study at most: more are surely a slip. */
const maxRows = 500;

/**
 * Lists the rows: each of `rows` with each combination of `grid`, over `shared`.
 *
 * @param inputs paths of the study's inputs, by name
 * @throws StudyError for inputs that are missing or unknown, for too many rows, and for two rows that are the same
 */
export function studyRows(study: Study, inputs: Readonly<Record<string, string>>): StudyRow[] {
  checkInputs(study, inputs);
  const varied = study.rows.flatMap(({ published, ...row }) =>
    combinations(study.grid).map((cell) => ({ own: { ...row, ...cell }, published })),
  );
  if (varied.length > maxRows) throw new StudyError(`${varied.length} rows are more than ${maxRows}`);
  // By the inputs' names and not their paths, so that results stay valid when a folder moves.
  const names = mapValues(inputs, (path) => basename(path));
  const rows = varied.map(({ own, published }): StudyRow => {
    const settings = { ...study.shared, ...own };
    const named = putIn(settings, names);
    const key = createHash('sha256')
      .update(JSON.stringify(Object.entries(named).sort()))
      .digest('hex')
      .slice(0, 12);
    const row = { key, varied: putIn(own, names), settings: putIn(settings, inputs) };
    return published === undefined ? row : { ...row, published: String(published) };
  });
  if (new Set(rows.map(({ key }) => key)).size < rows.length) {
    throw new StudyError('Two rows have the same settings');
  }
  return rows;
}

function checkInputs({ inputs: wanted }: Study, given: Readonly<Record<string, string>>): void {
  const missing = Object.keys(wanted).filter((name) => !(name in given));
  if (missing.length > 0) {
    const list = missing.map((name) => `--set ${name}=PATH (${wanted[name] ?? ''})`).join(', ');
    throw new StudyError(`The study needs ${list}`);
  }
  const unknown = Object.keys(given).filter((name) => !(name in wanted));
  if (unknown.length > 0) throw new StudyError(`The study has no input ${unknown.join(', ')}`);
}

/** Every combination of one value of each list; the last list varies fastest. */
function combinations(grid: Study['grid']): Record<string, Setting>[] {
  return Object.entries(grid).reduce<Record<string, Setting>[]>(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
}

function putIn(settings: Settings, inputs: Readonly<Record<string, string>>): Settings {
  const put = <T>(value: T): T | string =>
    typeof value === 'string'
      ? value.replace(/\$\{([a-z0-9-]+)\}/g, (_match, name: string) => {
          const path = inputs[name];
          if (path === undefined) throw new StudyError(`\${${name}} is no input of the study`);
          return path;
        })
      : value;
  return mapValues(settings, (value) => (Array.isArray(value) ? value.map(put) : put(value)) as Setting);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
