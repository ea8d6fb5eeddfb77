import autocannon from 'autocannon';
import { TRAFFIC } from './traffic.mjs';

// The load's own process: what it costs is not charged to the server, nor to the bench. Its order comes as a message,
// because arguments are for all to read and there is a token in it.
const SAMPLE_MS = 100;

process.once('message', (order) => void fire(order));

async function fire({ traffic, ...options }) {
  const times = [];
  const answered = { first: 0, last: 0 };
  const run = autocannon({
    ...options,
    // It ends with a sample.
    sampleInt: SAMPLE_MS,
    ...(traffic && { requests: TRAFFIC[traffic.kind](traffic) }),
  });
  // Its own histogram knows whole milliseconds only, and many answers take less than one.
  run.on('response', (_client, _status, _bytes, ms) => {
    times.push(ms);
    answered.last = performance.now();
    answered.first ||= answered.last;
  });
  process.send(report(await run, times, answered));
  process.disconnect();
}

function report(result, times, { first, last }) {
  times.sort((a, b) => a - b);
  const quantile = (share) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return {
    requests: times.length,
    // From answer to answer: few and long ones would else be cut off at both ends.
    perSecond: ((times.length - 1) * 1000) / (last - first),
    p50: quantile(0.5),
    p99: quantile(0.99),
    max: times.at(-1),
    failed: result.errors + result.timeouts + result.non2xx,
    statuses: Object.fromEntries(
      Object.entries(result.statusCodeStats ?? {}).map(
        ([status, { count }]) => [status, count],
      ),
    ),
  };
}
