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
  const wave = { size: options.connections, begun: performance.now() };
  const run = autocannon({
    ...options,
    // It ends with a sample.
    sampleInt: SAMPLE_MS,
    ...(traffic && { requests: TRAFFIC[traffic.kind](traffic) }),
  });
  // Its own histogram knows whole milliseconds only, and many answers take less than one.
  run.on('response', (_client, _status, _bytes, ms) => {
    times.push(ms);
    wave.last = performance.now();
    if (times.length === wave.size) wave.ended = wave.last;
  });
  return report(await run, times, wave);
}

function report(result, times, wave) {
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: rateOf(times.length, wave),
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

/**
 * From the end of the first wave to the last answer: few and long ones would else be cut off at both ends, and what is
 * answered several at a time would be counted with one time too few.
 */
function rateOf(answers, { size, begun, ended, last }) {
  return answers > size
    ? ((answers - size) * 1000) / (last - ended)
    : (answers * 1000) / (last - begun);
}
