import { expect } from 'chai';
import { OverlayTimeline } from '../../../client/src/overlay/overlay-timeline.js';
import { OverlayHub } from '../../../client/src/overlay/overlay-hub.js';
import { face, frame } from './frames.js';

describe('OverlayTimeline', () => {
  it('accounts for every presented picture by where its boxes came from', () => {
    const timeline = new OverlayTimeline();
    timeline.present(0);
    timeline.take(frame(3600, [face('a', 1)]), 0);
    timeline.take(frame(12_600, [face('a', 1)]), 100);
    timeline.present(3600);
    timeline.present(7200);
    timeline.present(14_400);
    expect(timeline.counters).to.deep.equal({
      presented: 4,
      received: 2,
      late: 0,
      exact: 1,
      interpolated: 1,
      extrapolated: 1,
      none: 1,
    });
    expect(timeline.last?.rtpTimestamp).to.equal(14_400);
  });

  it('counts frames that come after their picture was shown', () => {
    const timeline = new OverlayTimeline();
    timeline.present(9000);
    timeline.take(frame(8999), 0);
    timeline.take(frame(9000), 0);
    timeline.take(frame(9001), 0);
    expect(timeline.counters.late).to.equal(1);
  });

  it('gives the newest boxes where pictures have no timestamp, until they are a second old', () => {
    const timeline = new OverlayTimeline();
    timeline.take(frame(0, [face('a', 1)]), 5000);
    expect(timeline.newest(5900).boxes).to.have.length(1);
    expect(timeline.newest(6100).boxes).to.have.length(0);
  });

  it('tells how far boxes trail that are not of the picture itself', () => {
    const timeline = new OverlayTimeline();
    timeline.take(frame(0, [face('a', 1)]), 0);
    timeline.take(frame(9000, [face('a', 1)]), 100);
    timeline.present(4500);
    timeline.present(9000);
    expect(timeline.trailingMs).to.equal(0);
    timeline.present(9000 + 7200);
    expect(timeline.last?.trailingMs).to.equal(80);
    expect(timeline.trailingMs).to.equal(80);
  });

  it('forgets frames but not the account', () => {
    const timeline = new OverlayTimeline();
    timeline.take(frame(0, [face('a', 1)]), 0);
    timeline.clear();
    expect(timeline.present(0).basis).to.equal('none');
    expect(timeline.counters.received).to.equal(1);
  });
});

describe('OverlayHub', () => {
  it('keeps the cameras apart and forgets a removed one', () => {
    const hub = new OverlayHub();
    hub.take(frame(0, [face('a', 1)]), 0);
    expect(hub.timelineOf('hall').counters.received).to.equal(0);
    expect(hub.timelineOf('door').counters.received).to.equal(1);
    hub.remove('door');
    expect(hub.cameraIds).to.deep.equal(['hall']);
  });
});
