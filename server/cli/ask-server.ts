import { request, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { z } from 'zod';
import { ServerRefusal } from './server-refusal.js';

/**
 * Asks a running server.
 *
 * @returns the JSON of its answer; undefined for an empty one
 * @throws ServerRefusal
 */
export type AskServer = (method: string, path: string, body?: object) => Promise<unknown>;

/** Milliseconds without a sign of the server; loading a classifier takes some seconds. */
const patienceMs = 60_000;
const problemSchema = z.object({ code: z.string(), detail: z.string() });

/** Asks by the socket in the data folder: who may open that folder needs no account. */
export function askBySocket(socketPath: string): AskServer {
  return (method, path, body) =>
    ask(
      (options) => request({ ...options, socketPath, path }),
      `the data folder (${socketPath})`,
      method,
      body,
    );
}

/**
 * Asks by the network.
 *
 * @param server for example `http://127.0.0.1:8080`
 * @param token an API token, where the server has accounts
 */
export function askByAddress(server: string, token?: string): AskServer {
  const base = server.replace(/\/+$/, '');
  return (method, path, body) =>
    ask(
      (options) => {
        const url = new URL(base + path);
        const sent = url.protocol === 'https:' ? tlsRequest(url, options) : request(url, options);
        if (token !== undefined) sent.setHeader('authorization', `Bearer ${token}`);
        return sent;
      },
      base,
      method,
      body,
    );
}

/** An answer as it came. */
export interface PlainAnswer {
  readonly status: number;
  readonly text: string;
  /** Epoch milliseconds of its `Date`, whole seconds; undefined where it has none. */
  readonly date: number | undefined;
}

/**
 * Gets what is at an address of a server, whatever it is.
 *
 * @param where a socket in the data folder, or where a server listens; then its certificate is not looked at
 * @param timeout milliseconds without a sign of the server
 * @throws the error of the connection
 */
export function getPlainly(
  where: { readonly socketPath: string } | { readonly url: string },
  path: string,
  timeout: number,
): Promise<PlainAnswer> {
  if ('socketPath' in where)
    return exchange((options) => request({ ...options, ...where, path }), 'GET', undefined, timeout);
  const url = new URL(path, where.url);
  // Only who it says it is counts here, and nothing is sent to it.
  const open = (options: RequestOptions): ReturnType<typeof request> =>
    url.protocol === 'https:'
      ? tlsRequest(url, { ...options, rejectUnauthorized: false })
      : request(url, options);
  return exchange(open, 'GET', undefined, timeout);
}

async function ask(
  open: (options: RequestOptions) => ReturnType<typeof request>,
  where: string,
  method: string,
  body: object | undefined,
): Promise<unknown> {
  const answer = await exchange(open, method, body, patienceMs).catch((cause: unknown) => {
    throw new ServerRefusal(
      'unreachable',
      `A server uses the data folder, but none answers at ${where}; say where it is with --server.`,
      { cause },
    );
  });
  const json = parse(answer.text);
  if (answer.status >= 200 && answer.status < 300) return json;
  const problem = problemSchema.safeParse(json);
  throw new ServerRefusal(
    problem.success ? problem.data.code : 'http-error',
    problem.success ? problem.data.detail : `${where} answered ${answer.status}`,
  );
}

function exchange(
  open: (options: RequestOptions) => ReturnType<typeof request>,
  method: string,
  body: object | undefined,
  timeout: number,
): Promise<PlainAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = text === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = open({ method, headers, timeout });
    sent.once('timeout', () => sent.destroy(new Error('it did not answer in time')));
    sent.once('error', reject);
    sent.once('response', (response) => {
      let all = '';
      response.setEncoding('utf8').on('data', (part: string) => (all += part));
      response.once('error', reject);
      const date = Date.parse(response.headers.date ?? '');
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: all,
          date: Number.isNaN(date) ? undefined : date,
        }),
      );
    });
    sent.end(text);
  });
}

/** Undefined for what is no JSON: the status then says all there is to say. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
