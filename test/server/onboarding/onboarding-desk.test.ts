import { expect } from 'chai';
import { createOnboardingDesk, type OnboardingDesk } from '../../../server/onboarding/onboarding-desk.js';
import { createFlagStore } from '../../../server/storage/flag-store.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the first steps after set-up', () => {
  const folders = tempFolders();
  let db: Database;
  let desk: OnboardingDesk;
  let cameras: { id: string; demo: boolean }[];

  beforeEach(() => {
    db = openDatabase(folders.make());
    cameras = [{ id: 'demo', demo: true }];
    desk = createOnboardingDesk({ flags: createFlagStore(db), cameras: () => cameras });
  });
  afterEach(() => db.close());

  it('begin with a camera, and go on where they stood', () => {
    expect(desk.get()).to.deep.equal({ step: 'camera' });
    cameras.push({ id: 'door', demo: false });
    desk.set({ step: 'zone', cameraId: 'door' });
    expect(desk.get()).to.deep.equal({ step: 'zone', cameraId: 'door' });
  });

  it('begin again when their camera is gone, but not once they are done', () => {
    desk.set({ step: 'alert', cameraId: 'door' });
    expect(desk.get()).to.deep.equal({ step: 'camera' });
    desk.set({ step: 'done' });
    expect(desk.get()).to.deep.equal({ step: 'done' });
  });

  it('are not for those who had cameras before', () => {
    cameras.push({ id: 'door', demo: false });
    expect(desk.get()).to.deep.equal({ step: 'done' });
  });
});
