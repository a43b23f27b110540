import { createHmac } from 'node:crypto';
import type { AddressPolicy } from '../addresses/address-policy.js';
import { fetchUnder } from '../addresses/fetch-under.js';
import type { Secret } from '../../streams/secret/secret.js';
import { type Carrier, DeliveryError, deliveryError } from './delivery.js';

/** What a webhook needs. */
export interface WebhookOptions {
  readonly url: string;
  /** Signs every message; unsigned where absent. */
  readonly secret: Secret | undefined;
  /** Which addresses may be called. */
  readonly policy: AddressPolicy;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const timeoutMs = 10_000;
const longestAnswer = 64 * 1024;
/** Answers that mean that this very message will never be taken. */
const refusals: ReadonlySet<number> = new Set([400, 410, 413, 415, 422]);

/**
 * Posts messages as JSON. `X-Maskwatch-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of the timestamp header, a
 * full stop and the body: a receiver checks it, and refuses timestamps that are minutes old.
 */
export function createWebhook({ url, secret, policy, now }: WebhookOptions): Carrier {
  return {
    connected: undefined,
    deliver: async ({ deliveryId, attempt, notice }, signal) => {
      const body = JSON.stringify({ v: 1, deliveryId, ...notice });
      const timestamp = String(Math.floor(now() / 1000));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'Maskwatch',
        'x-maskwatch-delivery': deliveryId,
        'x-maskwatch-attempt': String(attempt),
        'x-maskwatch-timestamp': timestamp,
        ...(secret === undefined ? {} : { 'x-maskwatch-signature': signatureOf(secret, timestamp, body) }),
      };
      const answer = await fetchUnder(
        policy,
        url,
        { timeoutMs, maxBytes: longestAnswer },
        { method: 'POST', headers, body, signal },
      ).catch((error: unknown) => {
        throw deliveryError(error);
      });
      const { status } = answer;
      if (status >= 200 && status < 300) return `HTTP ${status}`;
      const said = answer.body.toString('utf8').replaceAll(/\s+/g, ' ').trim().slice(0, 120);
      const text = `the receiver answered HTTP ${status}${said === '' ? '' : `: ${said}`}`;
      throw new DeliveryError(text, refusals.has(status), retryAfter(answer.headers['retry-after']));
    },
    close: () => Promise.resolve(),
  };
}

/** The value of the signature header. */
export function signatureOf(secret: Secret, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** Seconds only; a date says little where clocks differ. */
function retryAfter(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  return Math.min(3600, Number(text)) * 1000;
}
