import { expect } from 'chai';
import { openDatabase } from '../../../server/storage/open-database.js';
import { createOutboxStore } from '../../../server/storage/outbox-store.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the outbox', () => {
  const folders = tempFolders();

  it('forgets what was given up, or what is named, but never what was sent or is another sink’s', () => {
    const db = openDatabase(folders.make());
    const outbox = createOutboxStore(db);
    for (const news of ['sent', 'dead', 'waiting', 'other']) outbox.add('hook', news, '{}', 1, 1);
    outbox.add('mail', 'dead', '{}', 1, 1);
    const idOf = (name: string): number =>
      outbox.list('hook', undefined, 9).find(({ news }) => news === name)?.itemId ?? -1;
    const [sent, dead, waiting] = [idOf('sent'), idOf('dead'), idOf('waiting')];
    const mail = outbox.list('mail', undefined, 9)[0]?.itemId ?? -1;
    outbox.sent(sent, 2);
    outbox.dead(dead, 'refused', 2);
    outbox.dead(mail, 'refused', 2);
    expect(outbox.drop('hook', [sent, waiting, mail])).to.equal(1);
    expect(outbox.counts('hook')).to.deep.equal({ waiting: 1, sent: 1, dead: 1 });
    expect(outbox.drop('hook', undefined)).to.equal(1);
    expect(outbox.counts('hook')).to.deep.equal({ waiting: 1, sent: 1, dead: 0 });
    expect(outbox.counts('mail').dead).to.equal(1);
    db.close();
  });
});
