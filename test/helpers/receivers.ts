import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message that came in over HTTP. */
export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP receiver that answers as it is told. */
export class HttpReceiver {
  readonly posted: Posted[] = [];
  /** Status of each answer, the last one for all that follow. */
  answers: number[] = [204];
  readonly #server: Server;
  #wake: () => void = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        this.posted.push({ headers: request.headers, body });
        const status = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
        response.writeHead(status ?? 204).end(status === 204 ? '' : 'because the test says so');
        this.#wake();
      });
    });
  }

  static async start(port = 0): Promise<HttpReceiver> {
    const server = createServer();
    const receiver = new HttpReceiver(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Told of each connection, whatever comes over it. */
  onConnection(listener: (socket: Socket) => void): void {
    this.#server.on('connection', listener);
  }

  /** Resolves when so many messages came. */
  async until(count: number): Promise<readonly Posted[]> {
    while (this.posted.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.posted;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A real mail server that takes everything, or asks for a user. */
export class MailReceiver {
  readonly mails: string[] = [];
  #wake: () => void = () => undefined;
  readonly users: string[] = [];
  readonly #server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      ...options,
      onAuth: ({ username, password }, _session, done) => {
        this.users.push(username ?? '');
        if (password === 'right') done(null, { user: username });
        else done(new Error('535 wrong password'));
      },
      onData: (stream, _session, done) => {
        let mail = '';
        stream.setEncoding('utf8').on('data', (text: string) => (mail += text));
        stream.on('end', () => {
          this.mails.push(mail);
          this.#wake();
          done(null, 'taken by the test');
        });
      },
    });
    // A client that gives up is no concern of the test.
    this.#server.on('error', () => undefined);
  }

  static async start(options: SMTPServerOptions = {}, port = 0): Promise<MailReceiver> {
    const receiver = new MailReceiver(options);
    await new Promise<void>((resolve) => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  /** One that takes everything without encryption and without a user. */
  static startPlain(port = 0): Promise<MailReceiver> {
    return MailReceiver.start({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] }, port);
  }

  /** Resolves with the newest mail when so many came. */
  async until(count: number): Promise<string> {
    while (this.mails.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.mails.at(-1) ?? '';
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** A real MQTT broker. */
export class Broker {
  readonly #aedes: Aedes;
  readonly #server: ReturnType<typeof createTcpServer>;
  readonly #sockets: Socket[] = [];

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    this.#server = createTcpServer((socket) => {
      this.#sockets.push(socket);
      aedes.handle(socket);
    });
  }

  static async start(port = 0): Promise<Broker> {
    const broker = new Broker(await Aedes.createBroker());
    broker.#server.listen(port, '127.0.0.1');
    await once(broker.#server, 'listening');
    return broker;
  }

  /** Cuts the newest connection, as when a machine loses its power. */
  breakOffNewest(): void {
    this.#sockets.at(-1)?.destroy();
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
