import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { io, type Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  ServerToClientEvents,
  SubscribeReply,
  SubscribeRequest,
} from '../../server/realtime/events.js';

/** A socket of a client, typed by the wire contract. */
export type ClientSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** The whole product running in its own process, as a user starts it. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly dataDir: string;
  /** What it wrote to stderr so far. */
  log(): string;
  /** What it wrote to stdout so far. */
  said(): string;
  get<T>(path: string): Promise<T>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  connect(): Promise<ClientSocket>;
  /** `kill -9`, without any clean-up on its side; the data folder stays. */
  killHard(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Stops it where it still runs and removes the data folder. */
  dispose(): Promise<void>;
}

/**
 * Starts `maskwatch serve` on a free port with an empty (or given) data folder.
 *
 * @param args more arguments of `serve`
 * @param variables more environment variables
 * @throws when it exits before it listens; the message ends with its log
 */
export async function startServer(
  args: readonly string[] = [],
  reuseDataDir?: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const dataDir = reuseDataDir ?? (await mkdtemp(join(tmpdir(), 'maskwatch-e2e-')));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/cli/main.ts', 'serve', '--port', '0', '--data', dataDir, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', ...variables } },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-200_000);
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await listening(child, () => log);
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    log: () => log,
    said: () => said,
    get: async <T>(path: string) => (await fetch(url + path)).json() as Promise<T>,
    send: (method, path, body) =>
      fetch(url + path, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
    connect: async () => {
      const socket: ClientSocket = io(url, { transports: ['websocket'], reconnection: false });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
    killHard: async () => {
      const gone = exited(child);
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      const gone = exited(child);
      child.kill('SIGTERM');
      return gone;
    },
    dispose: async () => {
      const gone = exited(child);
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Subscribes and fails on a refusal. */
export async function subscribe(
  socket: ClientSocket,
  request: SubscribeRequest,
): Promise<Extract<SubscribeReply, { ok: true }>> {
  const reply = await new Promise<SubscribeReply>((resolve) => socket.emit('subscribe', request, resolve));
  if (!reply.ok) throw new Error(`subscribe was refused: ${reply.error.message}`);
  return reply;
}

async function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

function listening(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server exited with ${String(code)}\n${log()}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\/\/[^\s/]+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
  });
}
