import type { Migration } from '../migrate.js';

const people = ['mask', 'no_mask', 'incorrect', 'unknown'];
const zoneSums = ['occupancy_ms', 'dwell_ms', 'stays'];

/**
 * Hours and days of the server's own time zone, kept up to date by the database itself whenever a minute changes. A long history
 * is then a few thousand rows instead of millions, and minutes can be deleted while hours and days stay.
 */
export const historyRollups: Migration = {
  version: 4,
  name: 'history rollups',
  sql: `
    ${table('hour_buckets', '')}
    ${table('day_buckets', '')}
    ${table('zone_hours', 'zone')}
    ${table('zone_days', 'zone')}
    ${rollUp('minute_buckets', 'hour_buckets', 'hour')}
    ${rollUp('minute_buckets', 'day_buckets', 'day')}
    ${rollUp('zone_minutes', 'zone_hours', 'hour')}
    ${rollUp('zone_minutes', 'zone_days', 'day')}
  `,
};

function table(name: string, of: '' | 'zone'): string {
  const sums = [...people, ...(of === 'zone' ? [...zoneSums, 'occupancy_max'] : []), 'watched_ms'];
  const key = of === 'zone' ? 'zone_id TEXT NOT NULL, flow TEXT NOT NULL,' : '';
  return `CREATE TABLE ${name} (
    starts_at INTEGER NOT NULL, camera_id TEXT NOT NULL, ${key}
    ${sums.map((column) => `${column} INTEGER NOT NULL`).join(', ')},
    PRIMARY KEY (starts_at, camera_id${of === 'zone' ? ', zone_id, flow' : ''})
  ) STRICT, WITHOUT ROWID;`;
}

/** Start of the local hour or day of a minute, in epoch milliseconds. */
function startOf(minute: string, length: 'hour' | 'day'): string {
  const local = `${minute} / 1000, 'unixepoch', 'localtime'`;
  return length === 'day'
    ? `unixepoch(${local}, 'start of day', 'utc') * 1000`
    : `${minute} - CAST(strftime('%M', ${local}) AS INTEGER) * 60000`;
}

/** Fills a longer bucket from the minutes there are, and lets every later change of a minute change it too. */
function rollUp(from: string, to: string, length: 'hour' | 'day'): string {
  const zone = from === 'zone_minutes';
  const keys = ['camera_id', ...(zone ? ['zone_id', 'flow'] : [])];
  const sums = [...people, ...(zone ? zoneSums : []), 'watched_ms'];
  const columns = [...sums, ...(zone ? ['occupancy_max'] : [])];
  const most = zone ? ', occupancy_max = max(occupancy_max, excluded.occupancy_max)' : '';
  const add = (row: (column: string) => string): string => `
    INSERT INTO ${to} (starts_at, ${[...keys, ...columns].join(', ')})
    VALUES (${startOf('NEW.minute_at', length)}, ${keys.map((key) => `NEW.${key}`).join(', ')}, ${columns.map(row).join(', ')})
    ON CONFLICT DO UPDATE SET ${sums.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}${most};`;
  const grown = (column: string): string =>
    column === 'occupancy_max' ? `NEW.${column}` : `NEW.${column} - OLD.${column}`;
  return `
    INSERT INTO ${to} (starts_at, ${[...keys, ...columns].join(', ')})
      SELECT ${startOf('minute_at', length)} AS start, ${keys.join(', ')},
        ${columns.map((column) => (column === 'occupancy_max' ? `max(${column})` : `sum(${column})`)).join(', ')}
      FROM ${from} GROUP BY start, ${keys.join(', ')};
    CREATE TRIGGER ${to}_begin AFTER INSERT ON ${from} BEGIN ${add((column) => `NEW.${column}`)} END;
    CREATE TRIGGER ${to}_grow AFTER UPDATE ON ${from} BEGIN ${add(grown)} END;
  `;
}
