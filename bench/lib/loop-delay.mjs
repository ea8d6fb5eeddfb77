import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Preloaded into the service: on SIGUSR2 it writes the event loop's delays since the last one, in ms.
// The histogram measures the whole interval between two ticks, so the resolution is taken off.
const RESOLUTION_MS = 5;
const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
histogram.enable();

process.on('SIGUSR2', () => {
  writeFileSync(
    process.env.LOOP_DELAY_FILE,
    JSON.stringify({
      p50: delayMs(histogram.percentile(50)),
      p99: delayMs(histogram.percentile(99)),
      max: delayMs(histogram.max),
    }),
  );
  histogram.reset();
});

function delayMs(nanoseconds) {
  return Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
}
