import { expect } from 'chai';
import fc from 'fast-check';
import { dropReasons } from '../../../server/analysis/messages.js';
import { LifeAccounts } from '../../../server/analysis/pool/life-accounts.js';
import { FrameLedger } from '../../../server/analysis/process/frame-ledger.js';
import { expectBalanced } from './pool-fixture.js';

const outcome = fc.constantFrom('processed', 'lost', ...dropReasons);

describe('the books of a camera in its process', () => {
  it('balance after every step', () => {
    fc.assert(
      fc.property(fc.array(fc.option(outcome, { nil: undefined })), (steps) => {
        const ledger = new FrameLedger();
        for (const step of steps) {
          if (step === undefined || ledger.waiting === 0) ledger.received();
          else if (step === 'processed') ledger.processed();
          else if (step === 'lost') ledger.lost();
          else ledger.dropped(step);
          expectBalanced(ledger.account());
        }
      }),
    );
  });

  it('leave out as many outcomes as units only primed the decoder', () => {
    const ledger = new FrameLedger();
    for (let n = 0; n < 10; n++) ledger.primed();
    ledger.received();
    ledger.received();
    ledger.dropped('rate', 8);
    ledger.dropped('stale');
    expect(ledger.account()).to.include({ received: 2, processed: 0, lost: 0, waiting: 2 });
    ledger.lost(2);
    expect(ledger.account()).to.include({ lost: 1, waiting: 1 });
    ledger.processed();
    expect(ledger.account()).to.include({ processed: 1, waiting: 0 });
  });
});

describe('the books of a camera over the lives of its processes', () => {
  it('count what a process did not tell of before it died as lost', () => {
    const accounts = new LifeAccounts();
    for (let n = 0; n < 10; n++) {
      accounts.received();
      accounts.sent();
    }
    accounts.processed();
    const drops = { rate: 4, stale: 1, 'decoder-full': 0, 'no-keyframe': 0, undecodable: 0 };
    const effort = { effectiveFps: 10, unmoved: 0, faces: 0, classified: 0 };
    accounts.reported({
      generation: 1,
      received: 9,
      processed: 1,
      dropped: drops,
      lost: 2,
      waiting: 1,
      effort,
    });
    accounts.processed();
    expect(accounts.account()).to.deep.equal({
      received: 10,
      processed: 2,
      dropped: drops,
      lost: 2,
      waiting: 1,
    });
    accounts.endLife();
    expect(accounts.account()).to.deep.equal({
      received: 10,
      processed: 2,
      dropped: drops,
      lost: 3,
      waiting: 0,
    });
  });

  it('add up', () => {
    const accounts = new LifeAccounts();
    for (let life = 0; life < 3; life++) {
      accounts.received();
      accounts.sent();
      accounts.processed();
      accounts.received();
      accounts.sent();
      accounts.endLife();
      accounts.received();
      accounts.lost();
      accounts.received();
      accounts.dropped('decoder-full');
    }
    const account = accounts.account();
    expectBalanced(account);
    expect(account).to.include({ received: 12, processed: 3, lost: 6, waiting: 0 });
    expect(account.dropped['decoder-full']).to.equal(3);
  });
});
