import type { Finding } from './finding.js';
import { fine } from './finding.js';
import type { StoredFacts } from './stored-facts.js';

/** Whether the database is whole, of this release, and what is sealed in it can be opened. */
export function databaseFinding({ state, problem, schema, tables, lost }: StoredFacts): Finding {
  const name = 'database';
  const { version, newest } = schema;
  switch (state) {
    case 'none':
      return fine(name, 'none yet; the server makes it');
    case 'damaged': {
      const remedy = 'stop the server and put a backup back: maskwatch restore FILE';
      return { name, state: 'failed', detail: `damaged: ${problem}`, remedy, trouble: 'damaged' };
    }
    case 'unreadable': {
      const remedy = 'run this as the user of the server, for example: sudo -u maskwatch maskwatch doctor';
      return { name, state: 'failed', detail: `cannot be read: ${problem}`, remedy };
    }
    case 'sound':
      break;
  }
  if (version > newest) {
    const detail = `schema ${version}, written by a newer release (this one knows ${newest})`;
    const remedy = 'install that release again, or put a backup of this one back';
    return { name, state: 'failed', detail, remedy, trouble: 'damaged' };
  }
  if (lost.length > 0) {
    const detail = `secrets were sealed with another key: ${lost.join(', ')}`;
    const remedy = 'put the key back that sealed them (secret.key, MASKWATCH_SECRET_KEY), or give them anew';
    return { name, state: 'warning', detail, remedy };
  }
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  const schemaText =
    version === newest ? `schema ${version}` : `schema ${version}, raised to ${newest} at the next start`;
  return fine(name, `whole, ${rows} rows, ${schemaText}`);
}
