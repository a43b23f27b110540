import { expect } from 'chai';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { frameEventOf } from '../../../server/realtime/frame-event.js';
import { frameParser } from '../../../server/realtime/frame-parser.js';
import type { FrameEvent } from '../../../server/realtime/events.js';
import { EventBench } from '../../helpers/event-bench.js';
import { track, tracksAt } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** A frame that tells how often it was turned into text. */
class CountedFrame {
  texts = 0;

  of(cameraId: string): FrameEvent {
    const frame = { ...frameEventOf(tracksAt(1000, [track('someone')]), 1010), cameraId };
    return Object.defineProperty({ ...frame }, 'toJSON', {
      value: () => {
        this.texts++;
        return frame;
      },
    });
  }
}

function decoded(encoded: readonly unknown[]): Packet[] {
  const decoder = new Decoder();
  const packets: Packet[] = [];
  decoder.on('decoded', (packet) => packets.push(packet));
  for (const piece of encoded) decoder.add(piece);
  return packets;
}

describe('The parser of the event server', () => {
  it('says what the one of socket.io says', () => {
    const encoder = new frameParser.Encoder();
    const packets: Packet[] = [
      { type: PacketType.EVENT, nsp: '/', data: ['frame', { cameraId: 'door', faces: [] }], id: 7 },
      { type: PacketType.EVENT, nsp: '/', data: ['frame', { cameraId: 'door', faces: [] }] },
      { type: PacketType.EVENT, nsp: '/other', data: ['frame', { cameraId: 'door' }], id: 1 },
      { type: PacketType.EVENT, nsp: '/', data: ['counts', { at: 1 }] },
      { type: PacketType.EVENT, nsp: '/', data: ['frame', Buffer.from('pixels')] },
      { type: PacketType.ACK, nsp: '/', data: [{ ok: true }], id: 3 },
      { type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } },
    ];
    for (const packet of packets.slice(0, 4)) {
      expect(encoder.encode({ ...packet })).to.deep.equal(new Encoder().encode({ ...packet }));
      expect(decoded(encoder.encode({ ...packet }))).to.deep.equal(
        decoded(new Encoder().encode({ ...packet })),
      );
    }
  });

  it('makes the text of a frame once, whoever it goes to', () => {
    const encoder = new frameParser.Encoder();
    const counted = new CountedFrame();
    const data = ['frame', counted.of('door')];
    const texts = [1, 2, 3].map((id) => encoder.encode({ type: PacketType.EVENT, nsp: '/', data, id })[0]);
    expect(counted.texts).to.equal(1);
    expect(new Set(texts.map((text) => String(text).replace(/^2\d/, ''))).size).to.equal(1);
  });
});

describe('The event server', () => {
  const folders = tempFolders();

  it('encodes a frame once for all clients, and not at all for nobody', async () => {
    const bench = new EventBench(folders.make());
    await bench.listen();
    try {
      const nobody = new CountedFrame();
      bench.realtime.publishFrame(nobody.of('door'));
      const clients = [1, 2, 3].map(() => bench.client());
      const seen: string[] = [];
      for (const client of clients) {
        await bench.subscribe(client, { cameras: ['door'], kinds: ['frame'] });
        client.on('frame', ({ cameraId, faces }, taken) => {
          seen.push(`${cameraId} ${faces.length}`);
          taken();
        });
      }
      const [wanted, other] = [new CountedFrame(), new CountedFrame()];
      bench.realtime.publishFrame(wanted.of('door'));
      bench.realtime.publishFrame(other.of('hall'));
      for (const client of clients) await bench.settled(client);
      expect(seen).to.deep.equal(['door 1', 'door 1', 'door 1']);
      expect([wanted.texts, other.texts, nobody.texts]).to.deep.equal([1, 0, 0]);
      expect(bench.realtime.stats().frames).to.include({ offered: 3, sent: 3, waiting: 0 });
    } finally {
      await bench.close();
    }
  });
});
