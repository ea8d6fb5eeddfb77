import {
  FLOOR,
  inSection,
  milliseconds,
  number,
  SERVICES,
  targetText,
  valueText,
  verdict,
} from './rows.mjs';

/** bench/results.md; laid out as prettier does it, so that it stays as it is written. */
export function markdown(rows, facts) {
  return [
    '# What the service costs',
    'Written by `npm run bench`; do not edit. The service has everything switched on (authentication, validation, request log to\na file). The floor is bare Express 5 with the same driver, prepared statements and `response.json` on the same database file:\nno guard, no validation, no log. Both are loaded in turn (A B A B) by autocannon in a process of its own.',
    '![Ratios and targets](results.svg)',
    table(['', ''], factRows(facts)),
    '## Beside the floor',
    floorTable(inSection(rows, 'floor')),
    notes(inSection(rows, 'floor')),
    '## As the database grows',
    `One client, p50 of an answer; how many times longer it takes with the larger number of tenants.`,
    growthTable(inSection(rows, 'growth')),
    notes(inSection(rows, 'growth')),
    '## By itself',
    singleTable(inSection(rows, 'single')),
    '## Latency, CPU and memory',
    'CPU: user and system time of the whole process, worker threads included. RSS: at the end of the last load of the case.',
    costTable(rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function factRows(facts) {
  const { rounds, seconds, minutes, soakMinutes } = facts;
  return [
    ['Date, commit', `${facts.date}, ${facts.commit}`],
    ['Machine', `${facts.processor}, ${facts.memory}, ${facts.system}`],
    ['Node.js', facts.node],
    ['Disk', `${facts.disk}`],
    [
      'Run',
      `medians of ${rounds} rounds of ${seconds} s (${seconds / 2} s where it is about growth) after a warm-up; ${soakMinutes} min of mixed load; ${minutes.toFixed(0)} min in all`,
    ],
  ];
}

function floorTable(rows) {
  return table(
    [
      'case',
      ...SERVICES.map((name) => `${name}, per s`),
      'floor, per s',
      ...SERVICES.map((name) => `${name} : floor`),
      'target',
      ...SERVICES.map(() => 'met'),
    ],
    rows.map((row) => [
      row.name,
      ...SERVICES.map((name) => rate(row.loads[name])),
      rate(row.loads[FLOOR]),
      ...SERVICES.map((name) => valueText(row, name)),
      targetText(row),
      ...SERVICES.map((name) => verdict(row, name)),
    ]),
  );
}

function growthTable(rows) {
  const labels = [...new Set(rows.flatMap(({ loads }) => Object.keys(loads)))];
  return table(
    [
      'case',
      ...labels.map((label) => `${label}, ms`),
      ...SERVICES,
      FLOOR,
      'target',
      ...SERVICES.map(() => 'met'),
    ],
    rows.map((row) => [
      row.name,
      ...labels.map((label) => milliseconds(row.loads[label]?.p50)),
      ...SERVICES.map((name) => valueText(row, name)),
      valueText(row, FLOOR),
      targetText(row),
      ...SERVICES.map((name) => verdict(row, name)),
    ]),
  );
}

function singleTable(rows) {
  return table(
    ['case', ...SERVICES, 'target', ...SERVICES.map(() => 'met'), 'more'],
    rows.map((row) => [
      row.name,
      ...SERVICES.map((name) => valueText(row, name)),
      targetText(row),
      ...SERVICES.map((name) => verdict(row, name)),
      row.note ?? '',
    ]),
  );
}

function costTable(rows) {
  return table(
    [
      'case',
      'server',
      'per s',
      'p50, ms',
      'p99, ms',
      'CPU, µs each',
      'RSS, MB',
    ],
    rows.flatMap(({ name, loads = {} }) =>
      Object.entries(loads)
        .filter(([, { p50 }]) => p50 !== undefined)
        .map(([label, load]) => [
          name,
          label,
          rate(load),
          milliseconds(load.p50),
          milliseconds(load.p99),
          number(load.cpuMicroseconds, 0),
          number(load.megabytes, 0),
        ]),
    ),
  );
}

function rate(load) {
  if (load === undefined) return '–';
  return number(load.perSecond, load.perSecond < 100 ? 1 : 0);
}

function notes(rows) {
  return rows
    .filter(({ note }) => note)
    .map(({ name, note }) => `- ${name}: ${note}.`)
    .join('\n');
}

function table(head, rows) {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [
    line(head),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}
