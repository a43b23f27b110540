import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What a hostile camera does with a connection: `heard` gives all that came on it so far. */
export type Hostility = (socket: Socket, heard: () => string) => void;

/** A camera that means no good: it does as it is told with each connection, once something was said on it. */
export class HostileServer {
  /** Connections that ended, each with the bytes that the camera got rid of. */
  readonly gone: Promise<number>[] = [];
  readonly #server: Server;

  private constructor(hostility: Hostility) {
    this.#server = createServer((socket) => {
      let heard = '';
      socket.on('error', () => undefined);
      const sent = (): number => socket.bytesWritten - socket.writableLength;
      this.gone.push(new Promise((resolve) => socket.once('close', () => resolve(sent()))));
      socket.on('data', (data: Buffer) => {
        const first = heard === '';
        heard += data.toString('latin1');
        if (first) hostility(socket, () => heard);
      });
    });
  }

  static async start(hostility: Hostility): Promise<HostileServer> {
    const server = new HostileServer(hostility);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

/** Says the same again and again, as fast as it is taken. */
export function withoutEnd(before: string, again: string): Hostility {
  return (socket) => {
    const chunk = again.repeat(Math.ceil(65_536 / again.length));
    const go = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', go);
    socket.write(before);
    go();
  };
}

/** Says it letter by letter, and again when it is through. */
export function letterByLetter(text: string): Hostility {
  return (socket) => {
    let at = 0;
    const timer = setInterval(() => socket.write(text.charAt(at++ % text.length)), 5);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Says it once and waits. */
export function saying(text: string): Hostility {
  return (socket) => void socket.write(text);
}
