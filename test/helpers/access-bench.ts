import { randomBytes } from 'node:crypto';
import request from 'supertest';
import { type Access, createAccess } from '../../server/access/access.js';
import type { Account } from '../../server/access/account-store.js';
import type { Visitor } from '../../server/access/visitor.js';
import { recordViews } from '../../server/audit/record-views.js';
import { createHttpApp } from '../../server/http/create-http-app.js';
import { createHttpListener, type HttpListener } from '../../server/http/http-server.js';
import { createRequestGuard } from '../../server/http/request-guard.js';
import { createRealtime, type Realtime } from '../../server/realtime/create-realtime.js';
import { HttpBench } from './http-bench.js';

/** How the server of a test is reached. */
export interface AccessBenchOptions {
  /** Whether sitting at the machine is enough while there is no account. */
  readonly onLoopback?: boolean;
  readonly trustedProxies?: readonly string[];
  /** The name that a proxy serves. */
  readonly allowedHosts?: readonly string[];
}

/** Somebody at the machine itself. */
export const nearby: Visitor = {
  address: '127.0.0.1',
  secure: false,
  port: '',
  forwarded: false,
  agent: 'test',
};

/** The password of every account of the bench, unless a test says another. */
export const phrase = 'correct horse battery';

/** The real application with real access on a real database and a free port, with sockets. Cameras only remember. */
export class AccessBench {
  readonly http: HttpBench;
  readonly access: Access;
  readonly realtime: Realtime;
  /** Everything that was logged about requests, at every level. */
  readonly logged: unknown[] = [];
  /** Milliseconds by which the clock of access is ahead of the wall clock. */
  ahead = 0;
  readonly #listener: HttpListener;
  #port = 0;

  constructor(folder: string, clientFolder: string, options: AccessBenchOptions = {}) {
    this.http = new HttpBench(folder, clientFolder);
    this.http.access.close();
    const { onLoopback = false, trustedProxies = [], allowedHosts = [] } = options;
    const now = (): number => Date.now() + this.ahead;
    const onProblem = (error: unknown) => this.logged.push(error);
    const access = createAccess(this.http.db, { now, onLoopback, trustedProxies, onProblem });
    const guard = createRequestGuard({ listenHost: '127.0.0.1', allowedHosts: () => allowedHosts });
    const log = {
      debug: (fields: object) => this.logged.push(fields),
      error: (fields: object) => this.logged.push(fields),
    };
    const app = createHttpApp({
      ...this.http.options,
      ...{ access, identify: access.identify, guard, now, log },
    });
    this.#listener = createHttpListener(app);
    this.access = access;
    this.realtime = createRealtime(this.#listener.server, {
      journal: this.http.journal,
      allow: (asked) => guard(asked) === undefined,
      identify: access.identify,
      tellViews: recordViews(this.http.options.audit, access.visitorOf, now),
    });
    access.revocations.on((ground, id) => {
      this.realtime.endOf(ground, id);
      void this.http.options.sessions.endOf(ground, id);
    });
  }

  async listen(): Promise<void> {
    this.#port = await this.#listener.listen('127.0.0.1', 0);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Makes an account, by default one that sees all cameras. */
  account(name: string, role: Account['role'], cameras?: readonly string[]): Promise<Account> {
    return this.access.accounts.add({ name, role, password: phrase, cameras });
  }

  /** Asks as a page of this server would. */
  ask(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): request.Test {
    const agent = request(this.url);
    return agent[method](path).set({ origin: this.url, ...headers });
  }

  /** Signs in. @returns the header that goes with every further request */
  async signIn(name: string, password = phrase): Promise<{ cookie: string }> {
    const reply = await this.ask('post', '/api/session').send({ name, password });
    if (reply.status !== 200) throw new Error(`signing in was answered ${reply.status}: ${reply.text}`);
    return { cookie: cookieFrom(reply) };
  }

  /** The status of a request that any signed-in account may make. */
  async known(headers: Readonly<Record<string, string>>): Promise<number> {
    return (await this.ask('get', '/api/rtc', headers)).status;
  }

  /** Everything that a test could find a secret in: the log, and the audit log. */
  get written(): string {
    return JSON.stringify([this.logged, this.http.logged, this.http.options.audit.read({ limit: 500 })]);
  }

  async close(): Promise<void> {
    await this.realtime.close();
    await this.#listener.close(0);
    this.access.close();
    await this.http.close();
  }
}

/** The cookie that an answer gives, as a browser sends it back. */
export function cookieFrom({ headers }: { readonly headers: unknown }): string {
  const given = (headers as { readonly 'set-cookie'?: readonly string[] })['set-cookie']?.[0] ?? '';
  return given.split(';')[0] ?? '';
}

/** A secret that no server knows. */
export function strange(): string {
  return randomBytes(32).toString('base64url');
}
