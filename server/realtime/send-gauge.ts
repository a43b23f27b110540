/** The part of an engine.io connection that tells what it has not sent yet. */
export interface Connection {
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): unknown;
  on(event: 'flush' | 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
  readonly readyState: string;
}

/** What waits to be sent on one connection. */
export interface SendGauge {
  packets(): number;
  /** Roughly: characters of text count as one byte. */
  bytes(): number;
  /** Resolves when no more than this many packets wait, or the connection is closed. */
  below(packets: number): Promise<void>;
}

/**
 * Measures the outgoing queue of a connection by its own events: a packet is made, and the whole queue is flushed to
 * the transport whenever that can take more.
 */
export function createSendGauge(connection: Connection): SendGauge {
  let packets = 0;
  let bytes = 0;
  connection.on('packetCreate', ({ data }) => {
    packets++;
    bytes += sizeOf(data);
  });
  connection.on('flush', () => {
    packets = 0;
    bytes = 0;
  });
  const once = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        connection.off('drain', done);
        connection.off('close', done);
        resolve();
      };
      connection.on('drain', done);
      connection.on('close', done);
    });
  return {
    packets: () => packets,
    bytes: () => bytes,
    below: async (limit) => {
      while (packets > limit && connection.readyState === 'open') await once();
    },
  };
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return Buffer.isBuffer(data) ? data.byteLength : 0;
}
