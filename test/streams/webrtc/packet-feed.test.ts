import { expect } from 'chai';
import { writeRtp } from '../../../streams/rtp/rtp-packet.js';
import { PacketFeed } from '../../../streams/webrtc/packet-feed.js';
import { SendTurn } from '../../../streams/webrtc/send-turn.js';

const key = 1;
const delta = 0;

function packet(sequenceNumber: number, kind: number): Buffer {
  const payload = Buffer.of(kind);
  return writeRtp({
    marker: true,
    payloadType: 96,
    sequenceNumber,
    timestamp: sequenceNumber * 10,
    ssrc: 1,
    payload,
  });
}

function feedInto(
  sent: Buffer[],
  gate: Promise<void> = Promise.resolve(),
  turn = new SendTurn(),
): PacketFeed {
  return new PacketFeed({
    send: (copy) => {
      sent.push(copy);
      return gate;
    },
    beginsKeyframe: (each) => each[12] === key,
    turn,
  });
}

/** Until the event loop has come round. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const numbers = (packets: readonly Buffer[]): number[] => packets.map((each) => each.readUInt16BE(2));

describe('PacketFeed', () => {
  it('begins with a keyframe', () => {
    const sent: Buffer[] = [];
    const feed = feedInto(sent);
    for (const [index, kind] of [delta, delta, key, delta].entries()) feed.push(packet(index, kind));
    expect(numbers(sent)).to.deep.equal([2, 3]);
    expect(feed.stats()).to.deep.equal({ sent: 2, dropped: 2, failed: 0 });
  });

  it('gives each viewer copies of its own', () => {
    const sent: Buffer[] = [];
    const original = packet(5, key);
    feedInto(sent).push(original);
    expect(sent[0]).to.deep.equal(original);
    sent[0]?.fill(0);
    expect(original).to.deep.equal(packet(5, key));
  });

  it('sends live packets behind the group of pictures it is catching up with', async () => {
    const sent: Buffer[] = [];
    const feed = feedInto(sent);
    feed.replay(Array.from({ length: 100 }, (_, index) => packet(65_500 + index, index === 0 ? key : delta)));
    expect(feed.catchingUp).to.equal(true);
    feed.push(packet(65_600, delta));
    while (feed.catchingUp) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(numbers(sent)).to.deep.equal(Array.from({ length: 101 }, (_, index) => (65_500 + index) % 65_536));
    feed.close();
  });

  it('numbers packets anew that it sends a second time, and keeps their timestamps', () => {
    const sent: Buffer[] = [];
    const feed = feedInto(sent);
    const gop = [packet(10, key), packet(11, delta)];
    for (const each of gop) feed.push(each);
    feed.replay(gop);
    feed.push(packet(12, delta));
    expect(numbers(sent)).to.deep.equal([10, 11, 12, 13, 14]);
    expect(sent.map((each) => each.readUInt32BE(4))).to.deep.equal([100, 110, 100, 110, 120]);
  });

  it('drops up to the next keyframe when the transport is stuck', async () => {
    const sent: Buffer[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const feed = feedInto(sent, gate);
    for (let index = 0; index < 300; index += 1) feed.push(packet(index, index === 0 ? key : delta));
    await nextTurn();
    expect(feed.stats()).to.deep.equal({ sent: 256, dropped: 44, failed: 0 });
    open();
    await nextTurn();
    feed.push(packet(300, delta));
    feed.push(packet(301, key));
    expect(numbers(sent).slice(-2)).to.deep.equal([255, 301]);
    expect(feed.needsKeyframe).to.equal(false);
  });

  it('lets others have their turn while a burst goes to many viewers, and keeps the order for each', async () => {
    const turn = new SendTurn();
    const viewers = Array.from({ length: 10 }, () => {
      const sent: Buffer[] = [];
      return { sent, feed: feedInto(sent, undefined, turn) };
    });
    const burst = Array.from({ length: 100 }, (_, index) => packet(index, index === 0 ? key : delta));
    for (const each of burst) for (const { feed } of viewers) feed.push(each);
    const countSent = (): number => viewers.reduce((sum, { sent }) => sum + sent.length, 0);
    const turns = [countSent()];
    while (countSent() < 1000) {
      await nextTurn();
      turns.push(countSent());
    }
    expect(turns).to.deep.equal([256, 512, 768, 1000]);
    for (const { sent } of viewers) expect(numbers(sent)).to.deep.equal([...burst.keys()]);
  });

  it('forgets what waits for its turn when it is closed', async () => {
    const sent: Buffer[] = [];
    const feed = feedInto(sent);
    for (let index = 0; index < 300; index += 1) feed.push(packet(index, index === 0 ? key : delta));
    feed.close();
    await nextTurn();
    expect(sent.length).to.equal(256);
  });

  it('counts what the transport refuses and goes on', async () => {
    const feed = feedInto([], Promise.reject(new Error('network is unreachable')));
    feed.push(packet(0, key));
    await nextTurn();
    expect(feed.stats()).to.deep.equal({ sent: 1, dropped: 0, failed: 1 });
  });
});
