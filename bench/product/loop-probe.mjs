// Preloaded into the serving process by a benchmark, with a channel to it: measures the delay of that process's event loop over
// exactly the time asked for. Analysis processes inherit the option but not the variable, so nothing happens in them.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

if (process.env.BENCH_LOOP_PROBE === '1' && process.channel) {
  const resolutionMs = 10;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  process.on('message', (message) => {
    if (message === 'begin') histogram.reset();
    if (message !== 'end') return;
    const late = (share) => Math.max(0, histogram.percentile(share) / 1e6 - resolutionMs);
    process.send({ p50: late(50), p99: late(99), max: Math.max(0, histogram.max / 1e6 - resolutionMs) });
  });
  // The probe must not keep the server alive.
  process.channel.unref();
}
