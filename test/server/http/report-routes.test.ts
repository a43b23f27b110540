import { expect } from 'chai';
import { AccessBench } from '../../helpers/access-bench.js';
import { MailReceiver } from '../../helpers/receivers.js';
import { mailSinkOf } from '../../helpers/sinks.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('a report that is sent by hand', () => {
  const folders = tempFolders();
  let bench: AccessBench;
  let mail: MailReceiver;
  before(async () => {
    mail = await MailReceiver.startPlain();
    bench = new AccessBench(folders.make(), folders.make());
    await bench.listen();
    await bench.account('ada', 'admin');
    await bench.account('olga', 'operator');
    await bench.account('otto', 'operator', ['door']);
    await bench.account('vera', 'viewer');
  });
  after(async () => {
    await bench.close();
    await mail.close();
  });

  const sendAs = async (name: string, body: object) => {
    const headers = await bench.signIn(name);
    return bench.ask('post', '/api/reports/daily/send', headers).send(body);
  };

  it('needs somebody who gets it, and somebody who may see all of it', async () => {
    const nobody = await sendAs('olga', {});
    expect(nobody.status).to.equal(409);
    expect(nobody.body).to.include({ code: 'no-report-readers' });
    expect((await sendAs('otto', {})).status).to.equal(403);
    expect((await sendAs('vera', {})).status).to.equal(403);
    expect((await sendAs('olga', { day: 'today' })).status).to.equal(400);
  });

  it('goes to those who get the daily report', async () => {
    bench.http.watch.port.sinks.add(mailSinkOf(mail.port, { dailyReport: { at: '07:00', language: 'es' } }));
    const answer = await sendAs('olga', { day: '2026-05-01' });
    expect([answer.status, answer.body]).to.deep.equal([202, { queued: 1 }]);
    expect(await mail.until(1)).to.match(/Informe_del_2026-05-01|Informe del 2026-05-01/);
    expect((await sendAs('olga', { day: '2026-05-01' })).body).to.deep.equal({ queued: 0 });
  });
});
