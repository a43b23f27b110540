// Preloaded into the serving process by a benchmark, with a channel to it: measures the delay of that process's event loop over
// exactly the time asked for, and tells on request what its thread does. Analysis processes inherit the option but not the
// variable, so nothing happens in them.
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

if (process.env.BENCH_LOOP_PROBE === '1' && process.channel) {
  const resolutionMs = 10;
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  process.on('message', (message) => {
    if (message === 'begin') histogram.reset();
    if (message === 'end') {
      const late = (share) => Math.max(0, histogram.percentile(share) / 1e6 - resolutionMs);
      const max = Math.max(0, histogram.max / 1e6 - resolutionMs);
      process.send({ p50: late(50), p99: late(99), max });
    }
    if (typeof message === 'object' && 'profileMs' in message) {
      void profile(message.profileMs).then((found) => process.send(found));
    }
  });
  // The probe must not keep the server alive.
  process.channel.unref();
}

async function profile(ms) {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await setTimeout(ms);
    const { profile: found } = await session.post('Profiler.stop');
    return found;
  } finally {
    session.disconnect();
  }
}
