import { expect } from 'chai';
import { CameraMeter, percentile } from '../../../server/pipeline/camera-meter.js';

describe('the camera meter', () => {
  it('reads zero before the first frame', () => {
    expect(new CameraMeter().read(5000)).to.deep.equal({ analysedFps: 0, latencyMs: { p50: 0, p95: 0 } });
  });

  it('counts frames a second and ranks their latencies', () => {
    const meter = new CameraMeter();
    for (let frame = 0; frame < 50; frame++) meter.record(1000 + frame * 100, frame < 45 ? 40 : 200);
    expect(meter.read(6000)).to.deep.equal({ analysedFps: 10, latencyMs: { p50: 40, p95: 200 } });
  });

  it('forgets frames older than ten seconds', () => {
    const meter = new CameraMeter();
    meter.record(0, 10);
    expect(meter.read(10_001).analysedFps).to.equal(0);
  });

  it('takes the nearest rank as percentile', () => {
    expect(percentile([1, 2, 3, 4], 0.5)).to.equal(2);
    expect(percentile([1, 2, 3, 4], 0.95)).to.equal(4);
    expect(percentile([], 0.5)).to.equal(0);
  });
});
