import { WeriftClient } from '../../test/helpers/werift-client.js';
import { SequenceCounter } from './sequence-counter.js';

/** What the viewers got since the last question. */
export interface ViewerCounts {
  readonly viewers: number;
  readonly packets: number;
  readonly lost: number;
  /** Packets of the viewer who got fewest. */
  readonly fewest: number;
}

const drainEveryMs = 250;

/** The process behind the viewers: joins a camera over WHEP so often as it is asked for, then counts packets. */
async function main(whepUrl: string, viewers: number): Promise<void> {
  const clients: { readonly client: WeriftClient; readonly counter: SequenceCounter }[] = [];
  for (let viewer = 0; viewer < viewers; viewer++) {
    const client = new WeriftClient('recvonly', 'video/H264');
    const response = await fetch(whepUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: await client.offer(),
    });
    if (response.status !== 201) throw new Error(`a viewer was refused: ${await response.text()}`);
    await client.accept(await response.text());
    clients.push({ client, counter: new SequenceCounter() });
  }
  const drain = (): void => {
    for (const { client, counter } of clients) {
      for (const packet of client.received.splice(0)) counter.count(packet.readUInt16BE(2));
    }
  };
  setInterval(drain, drainEveryMs);
  process.on('message', () => {
    drain();
    const counts = clients.map(({ counter }) => counter.take());
    const answer: ViewerCounts = {
      viewers: clients.length,
      packets: counts.reduce((sum, { packets }) => sum + packets, 0),
      lost: counts.reduce((sum, { lost }) => sum + lost, 0),
      fewest: Math.min(...counts.map(({ packets }) => packets)),
    };
    process.send?.(answer);
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

await main(process.argv[2] ?? '', Number(process.argv[3]));
