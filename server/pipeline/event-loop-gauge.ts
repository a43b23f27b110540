import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Measures how long the event loop makes work wait. */
export interface EventLoopGauge {
  /** 99th percentile of the delay over the time since the last full minute began, in milliseconds. */
  p99Ms(): number;
  close(): void;
}

const resolutionMs = 10;
const windowMs = 60_000;

/** Starts the measurement; the histogram is emptied every minute, so that one bad start-up does not stay for ever. */
export function startEventLoopGauge(): EventLoopGauge {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let previous = 0;
  const p99 = () => Math.max(0, histogram.percentile(99) / 1e6 - resolutionMs);
  const timer = setInterval(() => {
    previous = p99();
    histogram.reset();
  }, windowMs);
  timer.unref();
  return {
    // A window that has just begun says little: the one before speaks until it holds a few seconds.
    p99Ms: () => Math.round((histogram.count > 500 ? p99() : Math.max(previous, p99())) * 10) / 10,
    close: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
