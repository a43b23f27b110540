import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressPolicy } from './address-policy.js';
import { type CheckedUrl, checkAddress } from './check-address.js';
import { FetchError } from './fetch-error.js';
import { RefusedAddressError } from './refused-address-error.js';
import { type LookupAll, resolveChecked, type ResolvedHost } from './resolve-checked.js';

/** Bounds of one fetch. */
export interface FetchLimits {
  /** Of the whole fetch, redirects included, in milliseconds. */
  readonly timeoutMs: number;
  /** Of the answer's body, in bytes. */
  readonly maxBytes: number;
  /** Redirects to follow; each is checked like the first address. None where absent. */
  readonly redirects?: number;
}

/** What to send; a GET without body where absent. */
export interface FetchRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Calls the fetch off. */
  readonly signal?: AbortSignal;
  /** Instead of the system's resolver; for tests. */
  readonly lookup?: LookupAll;
}

/** A whole answer, any status. */
export interface Fetched {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Fetches an address within a policy: it is checked before anything is opened, its name is resolved once and the
 * connection goes to the address that was checked, nothing is followed unasked, no proxy is used, and size and time have
 * an end. A request with a body is never sent on to where a redirect points.
 *
 * @throws RefusedAddressError when the policy does not allow it; FetchError when it does not work
 */
export async function fetchUnder(
  policy: AddressPolicy,
  address: string,
  limits: FetchLimits,
  request: FetchRequest = {},
): Promise<Fetched> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  let target = checkAddress(address, policy);
  for (let left = request.body === undefined ? (limits.redirects ?? 0) : 0; ; left--) {
    const resolved = await Promise.race([
      resolveChecked(target, policy, request.lookup),
      aborted(signal, () => stopped(deadline)),
    ]);
    const answer = await exchange(target, resolved, limits.maxBytes, request, signal).catch(
      (error: unknown) => {
        throw signal.aborted ? stopped(deadline) : asFetchError(error);
      },
    );
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status > 399 || typeof location !== 'string') return answer;
    if (left <= 0 || !URL.canParse(location, target.url.href)) {
      throw new RefusedAddressError('redirect', 'answers with a redirect, which is not followed');
    }
    target = checkAddress(new URL(location, target.url).href, policy);
  }
}

function exchange(
  { url, host, port }: CheckedUrl,
  { address, family }: ResolvedHost,
  maxBytes: number,
  { method = 'GET', headers = {}, body }: FetchRequest,
  signal: AbortSignal,
): Promise<Fetched> {
  const options: RequestOptions & { servername?: string } = {
    host: address,
    family,
    port,
    path: url.pathname + url.search,
    method,
    // No keep-alive: a connection is used for the address it was checked for, and for nothing else.
    agent: false,
    signal,
    headers: { 'accept-encoding': 'identity', ...headers, host: url.host },
    ...(url.protocol === 'https:' && host !== address ? { servername: host } : {}),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(options, (answer) => {
      collect(answer, method === 'HEAD' ? Infinity : maxBytes).then(
        (all) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all }),
        (error: unknown) => {
          outgoing.destroy();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function collect(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = new FetchError('too-large', `The answer has more than ${maxBytes} bytes.`);
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Rejects when the signal comes; a resolver cannot be called off, only left behind. */
function aborted(signal: AbortSignal, reason: () => Error): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(reason());
    signal.addEventListener('abort', () => reject(reason()), { once: true });
  });
}

function stopped(deadline: AbortSignal): FetchError {
  return deadline.aborted
    ? new FetchError('timed-out', 'No complete answer in time.')
    : new FetchError('called-off', 'The fetch was called off.');
}

function asFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new FetchError(
    'failed',
    code === '' ? 'The connection failed.' : `The connection failed (${code}).`,
  );
}
