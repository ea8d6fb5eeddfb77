const number = (value, digits = 1) =>
  value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);

/** For the terminal, as each group of cases ends. */
export function printRows(rows) {
  for (const { name, service, floor, ratio, value, target, met } of rows) {
    const verdict = met === undefined ? '' : met ? 'met' : 'NOT MET';
    console.log(
      [
        name.padEnd(28),
        value ?? `${number(ratio, 2)} of the floor`,
        target ?? '',
        verdict,
        service &&
          `service ${number(service.perSecond, 0)}/s p50 ${number(service.p50)} p99 ${number(service.p99)} cpu ${number(service.cpuMicroseconds, 0)} µs rss ${number(service.megabytes, 0)}`,
        floor &&
          `floor ${number(floor.perSecond, 0)}/s p50 ${number(floor.p50)} p99 ${number(floor.p99)} cpu ${number(floor.cpuMicroseconds, 0)} µs`,
      ]
        .filter(Boolean)
        .join('  '),
    );
  }
}

export function writeResults() {}
