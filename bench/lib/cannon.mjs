import autocannon from 'autocannon';

// The load's own process: what it costs is not charged to the server, nor to the bench.
const { mayFail: _, requests, ...options } = JSON.parse(process.argv[2]);
const started = performance.now();
const result = await autocannon({ ...options, ...(requests && { requests }) });
const seconds = (performance.now() - started) / 1000;
process.send({
  requests: result.requests.total,
  perSecond: result.requests.total / result.duration,
  p50: result.latency.p50,
  p99: result.latency.p99,
  max: result.latency.max,
  failed: result.errors + result.timeouts + result.non2xx,
  statuses: Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([status, { count }]) => [
      status,
      count,
    ]),
  ),
  seconds,
});
process.disconnect();
