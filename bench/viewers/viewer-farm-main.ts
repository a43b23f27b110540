import { setTimeout as delay } from 'node:timers/promises';
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

/** What the process is asked: to have so many viewers (answered when all play), or what they got. */
export type ViewerOrder = { readonly viewers: number } | 'counts';

interface Viewer {
  readonly client: WeriftClient;
  readonly counter: SequenceCounter;
}

const drainEveryMs = 250;
/** Viewers that join at the same time. */
const atOnce = 4;
const patienceMs = 30_000;

async function join(whepUrl: string): Promise<Viewer> {
  const client = new WeriftClient('recvonly', 'video/H264');
  const response = await fetch(whepUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: await client.offer(),
  });
  if (response.status !== 201) throw new Error(`a viewer was refused: ${await response.text()}`);
  await client.accept(await response.text());
  return { client, counter: new SequenceCounter() };
}

/** A connection that does not come about says nothing, so it must not be waited for without end. */
async function joinInTime(whepUrl: string): Promise<Viewer> {
  const done = new AbortController();
  const late = delay(patienceMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`a viewer was not connected after ${patienceMs / 1000} s`);
  });
  try {
    return await Promise.race([join(whepUrl), late]);
  } finally {
    done.abort();
  }
}

/** The process behind the viewers: joins cameras over WHEP, one after the other, and counts packets. */
function main(whepUrls: readonly string[]): void {
  const viewers: Viewer[] = [];
  const drain = (): void => {
    for (const { client, counter } of viewers) {
      for (const packet of client.received.splice(0)) counter.count(packet.readUInt16BE(2));
    }
  };
  setInterval(drain, drainEveryMs);
  const grow = async (wanted: number): Promise<number> => {
    while (viewers.length < wanted) {
      const urls = Array.from({ length: Math.min(atOnce, wanted - viewers.length) }, (_, n) => {
        return whepUrls[(viewers.length + n) % whepUrls.length] ?? '';
      });
      viewers.push(...(await Promise.all(urls.map(joinInTime))));
    }
    return viewers.length;
  };
  const counts = (): ViewerCounts => {
    drain();
    const taken = viewers.map(({ counter }) => counter.take());
    return {
      viewers: viewers.length,
      packets: taken.reduce((sum, { packets }) => sum + packets, 0),
      lost: taken.reduce((sum, { lost }) => sum + lost, 0),
      fewest: Math.min(...taken.map(({ packets }) => packets)),
    };
  };
  process.on('message', (order: ViewerOrder) => {
    if (order === 'counts') process.send?.(counts());
    else void grow(order.viewers).then((count) => process.send?.(count));
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

main(JSON.parse(process.argv[2] ?? '[]') as readonly string[]);
