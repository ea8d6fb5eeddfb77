import autocannon from 'autocannon';
import { quantile } from './statistics.mjs';
import { TRAFFIC } from './traffic.mjs';

// The load's own process: what it costs is not charged to the server, nor to the bench. It takes one order after the
// other, as messages, because arguments are for all to read and there is a token in them.
const SAMPLE_MS = 100;

process.on('message', (order) => {
  fire(order).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: String(error) }),
  );
});

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
  return report(await run, times, answered);
}

function report(result, times, { first, last }) {
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    // From answer to answer: few and long ones would else be cut off at both ends.
    perSecond: ((times.length - 1) * 1000) / (last - first),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    failed: result.errors + result.timeouts + result.non2xx,
    statuses: Object.fromEntries(
      Object.entries(result.statusCodeStats ?? {}).map(
        ([status, { count }]) => [status, count],
      ),
    ),
  };
}
