import {
  milliseconds,
  number,
  SERVICES,
  targetText,
  valueText,
  verdict,
} from './rows.mjs';

export function printFacts(facts) {
  for (const [name, value] of Object.entries(facts))
    console.log(`${name.padEnd(11)}${value}`);
}

/** As each group of cases ends. */
export function printRows(title, rows) {
  console.log(`\n== ${title}`);
  for (const row of rows) {
    for (const service of SERVICES)
      console.log(
        [
          row.name,
          service,
          valueText(row, service),
          targetText(row),
          verdict(row, service).toUpperCase(),
        ]
          .filter(Boolean)
          .join('  '),
      );
    for (const [label, load] of Object.entries(row.loads ?? {}))
      console.log(
        `    ${label.padEnd(20)} ${number(load.perSecond, 1)}/s  p50 ${milliseconds(load.p50)}  p99 ${milliseconds(load.p99)} ms  CPU ${number(load.cpuMicroseconds, 0)} µs  RSS ${number(load.megabytes, 0)} MB`,
      );
    if (row.note) console.log(`    ${row.note}`);
  }
}
