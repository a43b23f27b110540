import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Who may see, and how he proves it; `digest` with qop, as RFC 7616 has it. */
export interface HttpAuth {
  readonly scheme: 'basic' | 'digest' | 'digest-sha256';
  readonly user: string;
  readonly password: string;
}

/** What a camera over HTTP does. */
export interface HttpCameraOptions {
  readonly auth?: HttpAuth;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Answers whoever is let in. */
  readonly serve: RequestListener;
}

const realm = 'test camera';
const nonce = 'c0ffee';

/** A camera for tests that speaks HTTP, with or without TLS and credentials. */
export class HttpCamera {
  /** Paths that were asked for with the right credentials, or without where none are needed. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #scheme: string;

  private constructor({ auth, tls, serve }: HttpCameraOptions) {
    this.#scheme = tls === undefined ? 'http' : 'https';
    const listener: RequestListener = (request, response) => {
      if (auth !== undefined && !isAuthorised(request, auth)) {
        response.writeHead(401, { 'www-authenticate': challengeOf(auth) }).end();
        return;
      }
      this.asked.push(request.url ?? '');
      serve(request, response);
    };
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  static async start(options: HttpCameraOptions): Promise<HttpCamera> {
    const camera = new HttpCamera(options);
    camera.#server.listen(0, '127.0.0.1');
    await once(camera.#server, 'listening');
    return camera;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param userInfo `user:password` as it stands in an address */
  url(path: string, userInfo?: string): string {
    return `${this.#scheme}://${userInfo === undefined ? '' : `${userInfo}@`}127.0.0.1:${this.port}${path}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function challengeOf({ scheme }: HttpAuth): string[] {
  if (scheme === 'basic') return [`Basic realm="${realm}"`];
  const algorithm = scheme === 'digest' ? '' : ', algorithm=SHA-256';
  // Cameras offer the weaker way beside it; whoever takes that one gives the password away.
  return [
    `Digest realm="${realm}", qop="auth,auth-int", nonce="${nonce}"${algorithm}`,
    `Basic realm="${realm}"`,
  ];
}

function isAuthorised({ headers, method = '', url = '' }: IncomingMessage, auth: HttpAuth): boolean {
  const header = headers.authorization ?? '';
  const { scheme, user, password } = auth;
  if (scheme === 'basic') {
    return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(header)?.[1] ?? '';
  const hash = (text: string): string =>
    createHash(scheme === 'digest' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const own = hash(`${user}:${realm}:${password}`);
  const asked = hash(`${method}:${url}`);
  const answer = hash(`${own}:${nonce}:${field('nc')}:${field('cnonce')}:auth:${asked}`);
  return header.startsWith('Digest ') && field('uri') === url && field('response') === answer;
}
