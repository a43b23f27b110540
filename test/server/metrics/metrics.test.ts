import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { dropReasons, type FrameAccount } from '../../../server/analysis/messages.js';
import { countPrograms } from '../../../server/metrics/count-programs.js';
import type { MetricSources } from '../../../server/metrics/metric-sources.js';
import { Metrics } from '../../../server/metrics/metrics.js';
import { reconnectReasonOf } from '../../../server/metrics/reconnect-reason.js';

const frames: FrameAccount = {
  received: 100,
  processed: 60,
  dropped: { rate: 30, stale: 4, 'decoder-full': 3, 'no-keyframe': 2, undecodable: 1 },
  lost: 0,
  waiting: 0,
};
const people = { mask: 2, no_mask: 1, incorrect: 0, unknown: 4 };

function sources(ids: readonly string[] = ['door', 'hall']): MetricSources {
  return {
    version: '1.2.3',
    cameras: () =>
      ids.map((id, index) => ({
        id,
        status: { state: index === 0 ? 'live' : 'retrying', reason: '', reconnects: 0 },
        frames,
        effort: { effectiveFps: 7.5, unmoved: 12, faces: 40, classified: 9 },
      })),
    countsNow: () =>
      ids.map((cameraId) => ({
        v: 1,
        cursor: 'c',
        at: 1,
        cameraId,
        inView: people,
        today: people,
        complianceNow: 2 / 3,
        complianceToday: null,
      })),
    workers: () => [{ pid: 1, state: 'ready', restarts: 2, cameras: [], rssBytes: 1, tensors: 1 }],
    backend: () => 'tensorflow',
    realtime: () => ({
      clients: 3,
      frames: { offered: 0, sent: 0, waiting: 0, dropped: { newer: 5, gone: 1 } },
      cutOff: { 'slow-consumer': 1, 'too-many-messages': 0, 'access-ended': 0 },
      refusedHandshakes: 0,
    }),
    rtcSessions: () => ({ whep: 2, whip: 1 }),
    evidence: () => ({
      ...{ pictures: 3, bytes: 90_000, taken: 5, missed: { busy: 0, failed: 1 } },
      ...{ deleted: 2, deletionFailures: 0 },
    }),
    journal: () => ({ committedEvents: 9, pendingEvents: 4, droppedEvents: 0, failedWrites: 0, problem: '' }),
    eventLoopP99Ms: () => 12,
    disk: () => Promise.resolve({ freeBytes: 1000, sizeBytes: 4000 }),
    ffmpegs: () => Promise.resolve(4),
    loginFailures: () => 7,
    config: () => ({ readAt: 1_700_000_000_000, fileIsValid: false }),
  };
}

describe('the metrics', () => {
  it('tell in base units what the server counts', async () => {
    const metrics = new Metrics(sources());
    metrics.analysed({ cameraId: 'door', timing: { decodeMs: 3, detectMs: 40, classifyMs: 4 } }, 120);
    metrics.reconnecting('hall', 'timed_out');
    metrics.ended({ cameraId: 'door', state: 'mask' });
    metrics.wrote(0.003);
    const lines = (await metrics.text()).split('\n');
    for (const line of [
      'maskwatch_build_info{version="1.2.3",node="' + process.versions.node + '",backend="tensorflow"} 1',
      'maskwatch_camera_up{camera="door"} 1',
      'maskwatch_camera_up{camera="hall"} 0',
      'maskwatch_frames_received_total{camera="door"} 100',
      'maskwatch_frames_dropped_total{camera="door",stage="decode",reason="decoder-full"} 3',
      'maskwatch_frames_dropped_total{camera="door",stage="analysis",reason="stale"} 4',
      'maskwatch_capture_to_result_seconds_bucket{le="0.1",camera="door"} 0',
      'maskwatch_capture_to_result_seconds_bucket{le="0.15",camera="door"} 1',
      'maskwatch_capture_to_result_seconds_sum{camera="door"} 0.12',
      'maskwatch_inference_duration_seconds_sum{stage="detect"} 0.04',
      'maskwatch_inference_worker_restarts_total{worker="0"} 2',
      'maskwatch_camera_reconnects_total{camera="hall",reason="timed_out"} 1',
      'maskwatch_persons_total{camera="door",label="mask"} 1',
      'maskwatch_persons_in_view{camera="hall",label="unknown"} 4',
      'maskwatch_viewers{kind="events"} 3',
      'maskwatch_viewers{kind="video"} 2',
      'maskwatch_viewer_frames_dropped_total{reason="newer"} 5',
      'maskwatch_ffmpeg_processes 4',
      'maskwatch_event_queue_length 4',
      'maskwatch_storage_free_bytes 1000',
      'maskwatch_login_failures_total 7',
      'maskwatch_config_reload_success_timestamp_seconds 1700000000',
      'maskwatch_config_last_reload_successful 0',
      'maskwatch_analysis_frames_per_second{camera="door"} 7.5',
      'maskwatch_frames_unmoved_total{camera="door"} 12',
      'maskwatch_faces_found_total{camera="hall"} 40',
      'maskwatch_faces_classified_total{camera="hall"} 9',
      'maskwatch_event_loop_delay_p99_seconds 0.012',
    ]) {
      expect(lines).to.include(line);
    }
    const ratios = lines.filter((line) => line.startsWith('maskwatch_compliance_ratio'));
    expect(ratios).to.have.length(2);
    expect(ratios[0]).to.match(/\{camera="door",window="now"\} 0\.6666/);
    // A second scrape counts nothing twice.
    expect(await metrics.text()).to.include('maskwatch_frames_received_total{camera="door"} 100\n');
  });

  it('have conventional names: prefix, base units, _total for counters and for nothing else', async () => {
    const text = await new Metrics(sources()).text();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    expect(types.length).to.be.greaterThan(25);
    for (const [, name = '', type] of types) {
      expect(name).to.match(/^(maskwatch|process|nodejs)_[a-z0-9_]+$/);
      expect(name.endsWith('_total'), name).to.equal(type === 'counter');
      expect(name).not.to.match(/_(ms|millis|milliseconds|percent|mb|kb)(_|$)/);
    }
    expect([...text.matchAll(/^# HELP \S+ (.*)$/gm)].every(([, help]) => help?.endsWith('.'))).to.equal(true);
  });

  it('have fewer than 200 series for a camera, whatever happens to it', async () => {
    const metrics = new Metrics(sources(['door']));
    for (let i = 0; i < 1000; i++) {
      metrics.reconnecting('door', reconnectReasonOf(`odd trouble ${i}`));
      metrics.analysed({ cameraId: 'door', timing: { decodeMs: i, detectMs: i, classifyMs: i } }, i);
    }
    for (const state of ['mask', 'no_mask', 'incorrect', 'unknown'] as const) {
      metrics.ended({ cameraId: 'door', state });
    }
    const series = (await metrics.text()).split('\n').filter((line) => line.includes('camera="door"'));
    expect(series.length).to.be.within(20 + dropReasons.length, 199);
  });

  it('leave out the cameras that a caller does not see', async () => {
    const metrics = new Metrics(sources());
    metrics.analysed({ cameraId: 'door', timing: { decodeMs: 1, detectMs: 1, classifyMs: 1 } }, 5);
    const text = await metrics.text(new Set(['hall']));
    expect(text).to.include('camera="hall"').and.include('maskwatch_viewers').and.not.include('door');
    expect((await metrics.text(new Set())).includes('camera="')).to.equal(false);
  });

  it('forget a camera that is gone', async () => {
    const metrics = new Metrics(sources([]));
    for (const cameraId of ['door', 'hall']) {
      metrics.analysed({ cameraId, timing: { decodeMs: 1, detectMs: 1, classifyMs: 1 } }, 5);
      metrics.reconnecting(cameraId, 'ended');
      metrics.ended({ cameraId, state: 'mask' });
    }
    await metrics.forget('door');
    const text = await metrics.text();
    expect(text).not.to.include('camera="door"');
    expect(text).to.include('maskwatch_persons_total{camera="hall",label="mask"} 1');
  });

  it('put the reasons of a camera into few kinds', () => {
    for (const [words, kind] of [
      ['401 from camera', 'unauthorised'],
      ['the certificate of the camera has expired; it is sha256:00', 'untrusted'],
      ['no such stream (404)', 'not_found'],
      ['connection refused', 'unreachable'],
      ['unknown host name', 'unreachable'],
      ['no video for 10 s', 'timed_out'],
      ['connection closed by the camera', 'disconnected'],
      ['no video in this stream', 'unreadable'],
      ['end of file', 'ended'],
      ['something new', 'other'],
    ] as const) {
      expect([words, reconnectReasonOf(words)]).to.deep.equal([words, kind]);
    }
  });

  it('count programs among the children of children', async function () {
    if (process.platform !== 'linux') this.skip();
    const shell = spawn('/bin/sh', ['-c', 'sleep 30 & sleep 30 & echo up; wait'], { detached: true });
    await once(shell.stdout, 'data');
    try {
      // The shell has made both, but may not have made them sleep yet.
      while ((await countPrograms('sleep', shell.pid)) !== 2) await setImmediate();
      expect(await countPrograms('no-such-program', shell.pid)).to.equal(0);
    } finally {
      process.kill(-(shell.pid ?? 0), 'SIGKILL');
    }
  });
});
