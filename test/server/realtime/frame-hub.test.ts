import { expect } from 'chai';
import fc from 'fast-check';
import { FrameHub } from '../../../server/realtime/frame-hub.js';
import { frameEventOf } from '../../../server/realtime/frame-event.js';
import { track, tracksAt } from '../../helpers/people.js';

const frame = (n: number, cameraId = 'door') => frameEventOf(tracksAt(n, [track('a')], { cameraId }), n);

describe('frames by credit', () => {
  it('has at most two under way, then sends the newest that waits', () => {
    const hub = new FrameHub<string>();
    const sent: number[] = [];
    const acks: (() => void)[] = [];
    hub.want('x', '*', (event, taken) => {
      sent.push(event.rtpTimestamp / 90);
      acks.push(taken);
    });
    for (let n = 1; n <= 5; n++) hub.publish(frame(n));
    expect(sent).to.deep.equal([1, 2]);
    acks[0]?.();
    expect(sent).to.deep.equal([1, 2, 5]);
    acks[1]?.();
    acks[2]?.();
    hub.publish(frame(6));
    expect(sent).to.deep.equal([1, 2, 5, 6]);
    expect(hub.stats()).to.deep.equal({ offered: 6, sent: 4, waiting: 0, dropped: { newer: 2, gone: 0 } });
  });

  it('gives each camera its own credit and sends only what is wanted', () => {
    const hub = new FrameHub<string>();
    const sent: string[] = [];
    hub.want('x', ['door', 'hall'], (event) => sent.push(event.cameraId));
    for (let n = 0; n < 4; n++) for (const camera of ['door', 'hall', 'yard']) hub.publish(frame(n, camera));
    expect(sent).to.deep.equal(['door', 'hall', 'door', 'hall']);
    hub.want('x', ['yard'], () => undefined);
    hub.publish(frame(9, 'door'));
    expect(sent).to.have.length(4);
    expect(hub.stats().dropped.gone).to.equal(2);
  });

  it('accounts for every frame, whatever clients do', () => {
    const step = fc.record({
      what: fc.constantFrom('frame', 'ack', 'want', 'leave'),
      who: fc.nat(2),
      camera: fc.nat(1),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const hub = new FrameHub<number>();
        const acks = new Map<number, (() => void)[]>();
        let sent = 0;
        for (const { what, who, camera } of steps) {
          if (what === 'frame') hub.publish(frame(1, `c${camera}`));
          if (what === 'ack') acks.get(who)?.shift()?.();
          if (what === 'leave') {
            hub.remove(who);
            acks.delete(who);
          }
          if (what !== 'want') continue;
          hub.want(who, [`c${camera}`], (_, taken) => {
            sent++;
            acks.set(who, [...(acks.get(who) ?? []), taken]);
          });
        }
        const stats = hub.stats();
        expect(stats.sent).to.equal(sent);
        expect(stats.waiting).to.be.within(0, 6);
        expect(stats.offered).to.equal(stats.sent + stats.waiting + stats.dropped.newer + stats.dropped.gone);
      }),
    );
  });
});
