import type {
  AuditPage,
  Credentials,
  NewPublishLink,
  NewToken,
  PasswordChange,
  PublishCamera,
  PublishCameraList,
  PublishLinkInput,
  PublishLinkList,
  PublishLinkView,
  RedeemedLink,
  SessionInfo,
  SessionList,
  SessionView,
  SetupRequest,
  TokenInput,
  TokenList,
  TokenView,
  UserInput,
  UserList,
  UserPatch,
  UserView,
} from '../../../server/http/access-api.js';
import type { RestClient } from './rest-client.js';

/** Which entries of the audit log to read; all where absent. */
export interface AuditQuery {
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
  /** The whole name of an account. */
  readonly actor?: string;
  /** Id of a camera. */
  readonly camera?: string;
}

/** Who is signed in, accounts, tokens and publish links. Every method rejects with `ApiError`. */
export class AccessApi {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  session(): Promise<SessionView> {
    return this.#rest.json('GET', '/api/session');
  }

  signIn(credentials: Credentials): Promise<SessionView> {
    return this.#rest.json('POST', '/api/session', credentials);
  }

  async signOut(): Promise<void> {
    await this.#rest.send('DELETE', '/api/session');
  }

  /** Makes the first account and signs it in. */
  setUp(request: SetupRequest): Promise<SessionView> {
    return this.#rest.json('POST', '/api/setup', request);
  }

  async changePassword(change: PasswordChange): Promise<void> {
    await this.#rest.send('POST', '/api/account/password', change);
  }

  async sessions(): Promise<readonly SessionInfo[]> {
    return (await this.#rest.json<SessionList>('GET', '/api/account/sessions')).sessions;
  }

  async endSession(id: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`);
  }

  async tokens(): Promise<readonly TokenView[]> {
    return (await this.#rest.json<TokenList>('GET', '/api/tokens')).tokens;
  }

  addToken(input: TokenInput): Promise<NewToken> {
    return this.#rest.json('POST', '/api/tokens', input);
  }

  async revokeToken(id: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
  }

  async users(): Promise<readonly UserView[]> {
    return (await this.#rest.json<UserList>('GET', '/api/users')).users;
  }

  addUser(input: UserInput): Promise<UserView> {
    return this.#rest.json('POST', '/api/users', input);
  }

  changeUser(id: string, patch: UserPatch): Promise<UserView> {
    return this.#rest.json('PATCH', `/api/users/${encodeURIComponent(id)}`, patch);
  }

  async removeUser(id: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/users/${encodeURIComponent(id)}`);
  }

  /** The webcams that one may send to. */
  async publishCameras(): Promise<readonly PublishCamera[]> {
    return (await this.#rest.json<PublishCameraList>('GET', '/api/publish/cameras')).cameras;
  }

  makePublishLink(input: PublishLinkInput): Promise<NewPublishLink> {
    return this.#rest.json('POST', '/api/publish-links', input);
  }

  async publishLinks(): Promise<readonly PublishLinkView[]> {
    return (await this.#rest.json<PublishLinkList>('GET', '/api/publish-links')).links;
  }

  /** Ends a publish link and what is sent by it. */
  async endPublishLink(id: string): Promise<void> {
    await this.#rest.send('DELETE', `/api/publish-links/${encodeURIComponent(id)}`);
  }

  /** One page of the audit log, the newest first. */
  audit(query: AuditQuery): Promise<AuditPage> {
    const fields = Object.entries(query).map(([name, value]) => [name, String(value)]);
    return this.#rest.json('GET', `/api/audit?${new URLSearchParams(fields).toString()}`);
  }

  /** Binds a publish link to this browser. */
  redeem(token: string): Promise<RedeemedLink> {
    return this.#rest.json('POST', '/api/publish-links/redeem', { token });
  }
}
