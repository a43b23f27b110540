import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { createDetector } from '../../models/detect/create-detector.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { decodePicture } from '../../models/picture.js';
import type { AuditPage } from '../../server/http/access-api.js';
import type { CountsNow, Health } from '../../server/http/api.js';
import type { Notice } from '../../server/http/history-api.js';
import { awaitEvent, untilAnswer } from '../helpers/await-event.js';
import { ruleOf } from '../helpers/alert-rules.js';
import { faceClip } from '../helpers/media.js';
import { type ClientSocket, type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';
import { tempFolders } from '../helpers/temp-folder.js';

describe('who sees what of people', function () {
  this.timeout(180_000);
  const folders = tempFolders();
  let server: ServerProcess;
  let socket: ClientSocket;
  let config: string;
  const seen: string[] = [];

  const configure = async (more: object): Promise<void> => {
    const cameras = [{ id: 'door', url: await faceClip({ seconds: 4, fps: 10, people: 3 }), loop: true }];
    await writeFile(config, stringify({ cameras, evidence: { enabled: true }, ...more }));
  };

  before(async () => {
    config = join(folders.make(), 'config.yaml');
    await configure({ evidence: { enabled: false } });
    server = await startServer(['--config', config, '--no-demo']);
    socket = await server.connect();
    for (const kind of ['frame', 'visit', 'counts'] as const) socket.on(kind, () => void seen.push(kind));
    await subscribe(socket, { cameras: '*', kinds: ['frame', 'visit', 'counts', 'alert', 'camera'] });
  });
  after(async () => {
    socket.close();
    await server.dispose();
  });

  it('is one picture of an alert, in which no face can be found, with a line in the audit log', async () => {
    expect(await server.get<Notice>('/api/notice')).not.to.have.property('pictures');
    await configure({});
    await untilAnswer(
      () => server.get<Notice>('/api/notice'),
      ({ pictures }) => pictures !== undefined,
    );
    // A frame that was analysed since then is there to be shown.
    await awaitEvent(socket, 'frame', () => true);
    await awaitEvent(socket, 'frame', ({ faces }) => faces.some(({ label }) => label === 'no_mask'), 90_000);
    const rule = ruleOf({ picture: true, condition: { kind: 'unmasked-person', forSeconds: 0 } });
    const pictured = awaitEvent(socket, 'alert', ({ change }) => change === 'pictured', 90_000);
    expect((await server.send('POST', '/api/alert-rules', rule)).status).to.equal(201);
    const { alert } = await pictured;
    expect(alert.picture).to.include({ width: 640, height: 360, blurred: true });
    expect((alert.picture?.deletedAt ?? 0) - (alert.picture?.takenAt ?? 0)).to.equal(24 * 3_600_000);
    const path = `/api/alerts/${alert.alertId}/picture`;
    const answer = await fetch(server.url + path);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    const picture = await decodePicture(new Uint8Array(await answer.arrayBuffer()));
    const detector = await createDetector('maskwatch-h', await loadEngine({ threads: 1 }));
    expect(await detector.detect([picture])).to.deep.equal([[]]);
    detector.close();
    expect(readdirSync(join(server.dataDir, 'evidence'))).to.deep.equal([`${alert.alertId}.jpg`]);
    const { entries } = await server.get<AuditPage>('/api/audit');
    expect(entries.find(({ action }) => action === 'GET /api/alerts/:id/picture')).to.include({
      ...{ subject: `${alert.alertId} at door`, status: 200 },
    });
    expect((await server.get<Notice>('/api/notice')).pictures).to.deep.equal({
      hours: 24,
      facesHidden: true,
    });
  });

  it('is nothing but numbers from the moment on in which a camera only counts', async () => {
    expect(seen).to.include('frame');
    const [name = ''] = readdirSync(join(server.dataDir, 'evidence'));
    const counting = awaitEvent(socket, 'camera', ({ camera }) => camera.countsOnly === true);
    await configure({ privacy: { countsOnlyCameras: ['door'] } });
    await counting;
    // The stays that lasted were ended and told before; from here on there is nothing to tell but numbers.
    seen.length = 0;
    const { visits: before } = await server.get<{ visits: object[] }>('/api/visits');
    const framesNow = async () => (await server.get<Health>('/api/health')).cameras[0]?.frames.processed ?? 0;
    const frames = await framesNow();
    const offer = { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: 'v=0\r\n' };
    const refused = await fetch(`${server.url}/whep/door`, offer);
    expect(refused.status).to.equal(403);
    expect(await refused.json()).to.include({ code: 'counts-only' });
    await untilAnswer(
      () => Promise.resolve(existsSync(join(server.dataDir, 'evidence', name))),
      (there) => !there,
    );
    await untilAnswer(framesNow, (processed) => processed > frames + 30);
    await untilAnswer(
      () => server.get<CountsNow>('/api/counts/now'),
      ({ cameras: [counts] }) => (counts?.inView.no_mask ?? 0) > 0,
    );
    // Numbers are told when they change, so there may be none.
    expect(seen.filter((kind) => kind !== 'counts')).to.deep.equal([]);
    expect((await server.get<{ visits: object[] }>('/api/visits')).visits).to.deep.equal(before);
    expect((await server.get<Notice>('/api/notice')).countsOnly).to.equal('some');
    expect(readdirSync(join(server.dataDir, 'evidence'))).to.deep.equal([]);
  });
});
