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

async function ask(
  open: (options: RequestOptions) => ReturnType<typeof request>,
  where: string,
  method: string,
  body: object | undefined,
): Promise<unknown> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = text === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = open({ method, headers, timeout: patienceMs });
    sent.once('timeout', () => sent.destroy(new Error('it did not answer in time')));
    sent.once('error', reject);
    sent.once('response', (response) => {
      let all = '';
      response.setEncoding('utf8').on('data', (part: string) => (all += part));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: all }));
    });
    sent.end(text);
  }).catch((cause: unknown) => {
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

/** Undefined for what is no JSON: the status then says all there is to say. */
function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
