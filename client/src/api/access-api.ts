import type {
  Credentials,
  NewPublishLink,
  NewToken,
  PasswordChange,
  PublishCamera,
  PublishCameraList,
  PublishLinkInput,
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

  /** Binds a publish link to this browser. */
  redeem(token: string): Promise<RedeemedLink> {
    return this.#rest.json('POST', '/api/publish-links/redeem', { token });
  }
}
