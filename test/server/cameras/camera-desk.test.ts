import { expect } from 'chai';
import fc from 'fast-check';
import { createCameraDesk, type CameraDesk } from '../../../server/cameras/camera-desk.js';
import { makeCameraId } from '../../../server/cameras/camera-id.js';
import type { CameraEvent } from '../../../server/realtime/events.js';
import { createCameraStore } from '../../../server/storage/camera-store.js';
import { createJournal, type Journal } from '../../../server/storage/journal.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import type { CameraConfig } from '../../../streams/camera/camera-config.js';
import type { Camera } from '../../../streams/camera/camera-registry.js';
import type { CameraStatus } from '../../../streams/camera-status.js';
import { createVault } from '../../../server/secrets/vault.js';
import { Secret } from '../../../streams/secret/secret.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the camera desk', () => {
  const folders = tempFolders();
  let db: Database;
  let journal: Journal;
  let desk: CameraDesk;
  let running: Map<string, Camera>;
  let events: CameraEvent[];
  let say: (id: string, status: CameraStatus) => void;

  const open = (): void => {
    running = new Map();
    const status: CameraStatus = { state: 'connecting', reason: '', reconnects: 0 };
    const put = (config: CameraConfig): Camera => {
      const camera = { config, status } as Camera;
      running.set(config.id, camera);
      return camera;
    };
    desk = createCameraDesk({
      registry: {
        add: put,
        change: (config) => Promise.resolve(put(config)),
        remove: (id) => Promise.resolve(running.delete(id)),
        get: (id) => running.get(id),
        list: () => [...running.values()],
        onStatus: (listener) => {
          say = (id, next) => {
            const camera = running.get(id);
            if (camera !== undefined) running.set(id, { ...camera, status: next });
            listener(id, next);
          };
          return () => undefined;
        },
      },
      store: createCameraStore(db, createVault(new Secret('a key of sixteen characters or more'))),
      journal,
      now: () => 1,
      defaultFps: 10,
      maxCameras: 3,
    });
  };
  beforeEach(() => {
    db = openDatabase(folders.make());
    journal = createJournal(db);
    events = [];
    journal.onCommit((logged) => {
      if (logged.kind === 'camera') events.push(logged.event);
    });
    open();
  });
  afterEach(() => {
    desk.close();
    journal.close();
    db.close();
  });

  it('keeps cameras over a restart, and credentials to itself', () => {
    const view = desk.add({ name: 'Front Door', url: 'rtsp://user:s3cret@10.0.0.5/1' });
    expect(view).to.include({ id: 'front-door', address: 'rtsp://***@10.0.0.5/1', kind: 'rtsp', fps: 10 });
    say('front-door', { state: 'retrying', reason: 'rtsp://user:s3cret@10.0.0.5/1: 401', reconnects: 1 });
    journal.flush();
    expect(events.map(({ change }) => change)).to.deep.equal(['added', 'status']);
    expect(JSON.stringify([events, desk.list()])).not.to.include('s3cret');
    open();
    desk.restore();
    expect(running.get('front-door')?.config.access?.reveal()).to.equal('rtsp://user:s3cret@10.0.0.5/1');
    expect(running.get('front-door')?.config.url).to.equal('rtsp://10.0.0.5/1');
  });

  it('keeps the address when a change says nothing of it, or gives it back as shown', async () => {
    desk.add({ id: 'door', name: 'Door', url: 'rtsp://u:p4ss@10.0.0.5/1' });
    await desk.change('door', { name: 'Gate' });
    await desk.change('door', { url: 'rtsp://***@10.0.0.5/1', fps: 5 });
    const access = (): string | undefined => running.get('door')?.config.access?.reveal();
    expect(running.get('door')?.config).to.include({ name: 'Gate', fps: 5, url: 'rtsp://10.0.0.5/1' });
    expect(access()).to.equal('rtsp://u:p4ss@10.0.0.5/1');
    await desk.change('door', { url: 'rtsp://***@10.0.0.5/2?channel=2' });
    expect(access()).to.equal('rtsp://u:p4ss@10.0.0.5/2?channel=2');
    const stolen = await desk
      .change('door', { url: 'rtsp://***@evil.example/1' })
      .catch((error: unknown) => error);
    expect(stolen).to.have.property('message').that.includes('given anew');
    await desk.change('door', { url: 'rtsp://10.0.0.5/2' });
    expect(access()).to.equal(undefined);
    expect(await desk.change('none', {})).to.equal(undefined);
  });

  it('keeps the group of a camera until it is taken out of it', async () => {
    expect(desk.add({ id: 'door', name: 'Door', url: 'rtsp://10.0.0.5/1', group: ' Hall ' })).to.include({
      group: 'Hall',
    });
    expect(await desk.change('door', { name: 'Gate' })).to.include({ name: 'Gate', group: 'Hall' });
    open();
    desk.restore();
    expect(desk.get('door')).to.include({ group: 'Hall' });
    expect(await desk.change('door', { group: '' })).not.to.have.property('group');
    const refused = await desk.change('door', { group: 'x'.repeat(41) }).catch((error: unknown) => error);
    expect(refused).to.have.property('field', 'group');
  });

  it('keeps which certificate is taken over TLS, until an authority is asked again', async () => {
    const pinned = `sha256:${'ab'.repeat(32)}`;
    const url = 'rtsps://127.0.0.1/door';
    desk.add({ name: 'Door', url, certificate: pinned.toUpperCase(), enabled: false });
    expect(await desk.change('door', { name: 'Gate' })).to.include({ certificate: pinned });
    open();
    desk.restore();
    expect(desk.get('door')).to.include({ certificate: pinned });
    expect(await desk.change('door', { certificate: 'any' })).to.include({ certificate: 'any' });
    expect(await desk.change('door', { certificate: 'verified' })).not.to.have.property('certificate');
    const refused = await desk.change('door', { certificate: 'sha256:12' }).catch((error: unknown) => error);
    expect(refused).to.have.property('field', 'certificate');
  });

  it('refuses a second camera of one id, too many, and changes of those in the configuration', async () => {
    desk.addFixed({ id: 'hall', name: 'Hall', url: 'webcam:' });
    expect(() => desk.add({ id: 'hall', name: 'x', url: 'webcam:' })).to.throw('already');
    expect(() => desk.add({ name: 'x', url: 'gopher://x' })).to.throw('unknown scheme');
    const refusal = await desk.remove('hall').catch((error: unknown) => error);
    expect(refusal).to.have.property('code', 'camera-in-config');
    desk.add({ name: 'Hall', url: 'webcam:' });
    desk.add({ name: 'Hall', url: 'webcam:' });
    expect(desk.list().map(({ id }) => id)).to.deep.equal(['hall', 'hall-2', 'hall-3']);
    expect(() => desk.add({ name: 'y', url: 'webcam:' })).to.throw('3 cameras');
    expect(await desk.remove('hall-2')).to.equal(true);
    expect(await desk.remove('hall-2')).to.equal(false);
    expect(await desk.remove('__proto__')).to.equal(false);
  });

  it('makes a valid, free id of any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(5), (name, taken) => {
        const used = new Set<string>();
        for (let i = 0; i <= taken; i++) {
          const id = makeCameraId(name, (candidate) => used.has(candidate));
          expect(id).to.match(/^[a-z0-9][a-z0-9-]{0,39}$/);
          expect(used.has(id)).to.equal(false);
          used.add(id);
        }
      }),
    );
  });
});
