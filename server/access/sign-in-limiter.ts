import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AccessError } from './access-error.js';

/** Tries at the password of one account from one address within a quarter of an hour, before it must wait. */
const pairTries = 5;
/** Tries from one address, whatever the account. */
const addressTries = 30;
/** Tries at one account in a minute, from wherever they come. */
const accountTries = 15;
const windowSeconds = 15 * 60;
/** The first wait; each further one is twice as long, up to the longest. Seconds. */
const firstWait = 15;
const longestWait = 15 * 60;

/**
 * Holds up whoever tries out passwords. One address, and one address at one account, wait twice as long each time. An
 * account as a whole never waits longer than a minute, so that a stranger cannot lock its owner out, and not at all for an
 * address from which its owner is signed in.
 */
export class SignInLimiter {
  readonly #pairs = new RateLimiterMemory({ points: pairTries, duration: windowSeconds });
  readonly #addresses = new RateLimiterMemory({ points: addressTries, duration: windowSeconds });
  readonly #accounts = new RateLimiterMemory({ points: accountTries, duration: 60 });
  /** How often a key had to wait within a day. */
  readonly #waits = new RateLimiterMemory({ points: 1_000_000, duration: 24 * 3600 });

  /**
   * Counts a try; to be called before the password is looked at, so that tries at the same time count as well.
   *
   * @param address of the visitor
   * @param known whether the owner of the account is signed in from that address
   * @throws AccessError `too-many-tries`
   */
  async count(account: string, address: string, known: boolean): Promise<void> {
    const network = networkOf(address);
    await this.#consume(this.#addresses, addressTries, `a ${network}`);
    await this.#consume(this.#pairs, pairTries, `p ${network} ${account}`);
    if (!known) await this.#consume(this.#accounts, accountTries, `n ${account}`, false);
  }

  /** Forgets the tries that led to a right password. */
  async succeeded(account: string, address: string): Promise<void> {
    const network = networkOf(address);
    await this.#pairs.delete(`p ${network} ${account}`);
    await this.#waits.delete(`p ${network} ${account}`);
    await this.#addresses.reward(`a ${network}`);
  }

  async #consume(limiter: RateLimiterMemory, tries: number, key: string, longer = true): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      let waitMs = refused.msBeforeNext;
      if (longer && refused.consumedPoints === tries + 1) {
        const { consumedPoints: times } = await this.#waits.penalty(key);
        const seconds = Math.min(longestWait, firstWait * 2 ** (times - 1));
        await limiter.block(key, seconds);
        waitMs = seconds * 1000;
      }
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      throw new AccessError('too-many-tries', `Too many tries. Try again in ${seconds} s.`, seconds);
    }
  }
}

/** What counts as one visitor: an IPv4 address, or the /56 of IPv6 that one household or office is given. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return parsed.toByteArray().slice(0, 7).join('.');
}
