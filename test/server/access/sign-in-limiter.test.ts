import { expect } from 'chai';
import { AccessError } from '../../../server/access/access-error.js';
import { networkOf, SignInLimiter } from '../../../server/access/sign-in-limiter.js';

/** Tries until one is refused. @returns how many went through, and how long the refused one must wait */
async function until(
  refused: (turn: number) => Promise<void>,
  most = 100,
): Promise<{ passed: number; waitSeconds: number }> {
  for (let turn = 0; turn < most; turn++) {
    try {
      await refused(turn);
    } catch (error) {
      if (!(error instanceof AccessError) || error.code !== 'too-many-tries') throw error;
      return { passed: turn, waitSeconds: error.retryAfterSeconds ?? 0 };
    }
  }
  return { passed: most, waitSeconds: 0 };
}

describe('the limiter of sign-ins', () => {
  it('lets one address try five times at one account, and then makes it wait', async () => {
    const limiter = new SignInLimiter();
    const tries = await until(() => limiter.count('ada', '203.0.113.9', false));
    expect(tries).to.deep.equal({ passed: 5, waitSeconds: 15 });
    await limiter.count('bob', '203.0.113.9', false);
    await limiter.count('ada', '203.0.113.10', false);
  });

  it('lets one address try thirty times, whatever the accounts', async () => {
    const limiter = new SignInLimiter();
    const tries = await until((turn) => limiter.count(`name${turn}`, '203.0.113.9', false));
    expect(tries).to.deep.equal({ passed: 30, waitSeconds: 15 });
  });

  it('lets many addresses together try fifteen times at one account in a minute, and never longer shuts it', async () => {
    const limiter = new SignInLimiter();
    const tries = await until((turn) => limiter.count('ada', `203.0.113.${turn}`, false));
    expect(tries.passed).to.equal(15);
    expect(tries.waitSeconds).to.be.within(1, 60);
  });

  it('does not shut an account for an address from which its owner is signed in', async () => {
    const limiter = new SignInLimiter();
    await until((turn) => limiter.count('ada', `203.0.113.${turn}`, false));
    await limiter.count('ada', '198.51.100.1', true);
  });

  it('counts tries that come at the same time', async () => {
    const limiter = new SignInLimiter();
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, () => limiter.count('ada', '203.0.113.9', false)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(5);
  });

  it('forgets the tries at an account from an address when the password was right', async () => {
    const limiter = new SignInLimiter();
    for (let round = 0; round < 3; round++) {
      for (let turn = 0; turn < 4; turn++) await limiter.count('ada', '203.0.113.9', true);
      await limiter.succeeded('ada', '203.0.113.9');
    }
    const tries = await until(() => limiter.count('ada', '203.0.113.9', true));
    expect(tries.passed).to.equal(5);
  });

  it('takes the /56 of IPv6 for one visitor, and IPv4 within IPv6 for IPv4', async () => {
    const limiter = new SignInLimiter();
    const tries = await until((turn) => limiter.count('ada', `2001:db8:1:20${turn}0::${turn + 1}`, false), 9);
    expect(tries.passed).to.equal(5);
    await limiter.count('ada', '2001:db8:1:300::1', false);
    expect(networkOf('::ffff:203.0.113.9')).to.equal(networkOf('203.0.113.9'));
    expect(networkOf('2001:db8:1:2ff::1')).to.equal(networkOf('2001:db8:1:200::9'));
    expect(networkOf('2001:db8:1:300::1')).not.to.equal(networkOf('2001:db8:1:200::1'));
    expect(networkOf('no address')).to.equal('unknown');
  });
});
