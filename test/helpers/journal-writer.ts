import { createJournal } from '../../server/storage/journal.js';
import { openDatabase } from '../../server/storage/open-database.js';
import { visit } from './people.js';

/** Writes events without end into the data folder given and prints the number of each as it is told. */
const db = openDatabase(process.argv[2] ?? '');
const journal = createJournal(db, { everyMs: 1 });
journal.onCommit(({ seq }) => void process.stdout.write(`${seq}\n`));
setInterval(() => {
  for (let i = 0; i < 5; i++) {
    const id = `${process.pid}-${journal.log.newest()}-${i}`;
    journal.putVisit(visit(id));
    journal.append('visit', 'door', Date.now(), { visit: visit(id) });
  }
}, 1);
