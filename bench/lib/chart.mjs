import { inSection, isMet, SERVICES, targetText, valueText } from './rows.mjs';

const WIDTH = 860;
const LEFT = 290;
const PLOT = 385;
const BAR = 16;
const STEP = 30;
/** A bar that is longer than so many times its unit is broken off, for the others' sake. */
const MAX_RATIO = 2.6;
const MET = '#2b7a5d';
const MISSED = '#c2543d';
const NEUTRAL = '#7d8ba1';
const STYLE = `text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2733 }
  .title { font-size: 19px; font-weight: 600 } .heading { font-size: 14px; font-weight: 600 }
  .small { font-size: 12px; fill: #5b6675 } .name { text-anchor: end }`;

/** Bars beside the line that they are to reach, or to stay under. */
export function chart(rows, facts) {
  const panels = [
    panel({
      heading: 'Requests per second, as a share of bare Express',
      hint: 'longer is better; the line is the target',
      rows: inSection(rows, 'floor').filter(hasValue),
      full: (all) => Math.max(1, ...all.flatMap(numbersOf)) * 1.08,
    }),
    panel({
      heading:
        'Time of an answer at the larger number of tenants, as a multiple of 1,000',
      hint: 'shorter is better; the line is the most that is allowed',
      rows: inSection(rows, 'growth').filter(hasValue),
      full: (all) =>
        Math.min(MAX_RATIO, Math.max(...all.flatMap(numbersOf)) * 1.08),
    }),
    panel({
      heading: 'By itself, as a share of the most that is allowed',
      hint: 'shorter is better; the line is the limit',
      rows: inSection(rows, 'single').filter(hasLimit).map(asShare),
      full: (all) =>
        Math.min(MAX_RATIO, Math.max(1.2, ...all.flatMap(numbersOf)) * 1.08),
    }),
  ];
  let y = 78;
  const drawn = panels.map(({ height, draw }) => {
    const top = y;
    y += height;
    return draw(top);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-labelledby="title">
<title id="title">What the service costs, measured beside bare Express</title>
<style>${STYLE}</style>
<rect width="100%" height="100%" rx="8" fill="#fbfcfd"/>
<text x="24" y="34" class="title">What the service costs</text>
<text x="24" y="55" class="small">${escaped(`${facts.date}, ${facts.commit} · Node.js ${facts.node} · ${facts.processor}`)}</text>
${drawn.join('\n')}
</svg>
`;
}

const numbersOf = ({ values, target }) =>
  [
    ...SERVICES.map((name) => values[name] ?? 0),
    target?.atMost,
    target?.atLeast,
  ].filter((value) => value !== undefined);

const hasValue = ({ values }) =>
  SERVICES.some((name) => values[name] !== undefined);

const hasLimit = (row) => hasValue(row) && row.target?.atMost !== undefined;

/** What has units of its own is drawn against its own limit; the label keeps the unit. */
function asShare(row) {
  const { atMost } = row.target;
  return {
    ...row,
    label: (name) => `${valueText(row, name)} (${targetText(row)})`,
    target: { atMost: 1 },
    values: Object.fromEntries(
      Object.entries(row.values).map(([name, value]) => [
        name,
        Math.max(0, value) / atMost,
      ]),
    ),
  };
}

function panel({ heading, hint, rows, full }) {
  const step = STEP + (SERVICES.length - 1) * BAR;
  const height = 66 + rows.length * step;
  const draw = (top) => {
    const scale = PLOT / full(rows);
    const bars = rows.map((row, index) =>
      drawRow(row, { y: top + 46 + index * step, scale, step }),
    );
    return [
      `<text x="24" y="${top + 16}" class="heading">${escaped(heading)}</text>`,
      `<text x="24" y="${top + 33}" class="small">${escaped(hint)}</text>`,
      ...bars,
    ].join('\n');
  };
  return {
    height: rows.length === 0 ? 0 : height,
    draw: rows.length === 0 ? () => '' : draw,
  };
}

function drawRow(row, { y, scale, step }) {
  const { target } = row;
  const middle = y + (step - 14) / 2 + 5;
  const bars = SERVICES.map((name, index) => {
    const whole = Math.max(1, (row.values[name] ?? 0) * scale);
    const width = Math.min(whole, PLOT);
    const top = y + index * BAR;
    const label = row.label?.(name) ?? labelOf(row, name);
    return `<rect x="${LEFT}" y="${top}" width="${width.toFixed(1)}" height="${BAR - 1}" rx="2" fill="${colourOf(row, name)}"/>${whole > PLOT ? breakAt(LEFT + PLOT - 18, top) : ''}
<text x="${LEFT + Math.max(width, limitOf(target) * scale) + 10}" y="${top + 12}" class="small">${escaped(label)}</text>`;
  });
  const limit = target
    ? `<line x1="${(LEFT + limitOf(target) * scale).toFixed(1)}" x2="${(LEFT + limitOf(target) * scale).toFixed(1)}" y1="${y - 4}" y2="${y + SERVICES.length * BAR + 3}" stroke="#1f2733" stroke-width="2"/>`
    : '';
  return `<text x="${LEFT - 12}" y="${middle}" class="name">${escaped(row.name)}</text>
${bars.join('\n')}
${limit}`;
}

function breakAt(x, top) {
  return `<path d="M${x} ${top + BAR} l5 -${BAR + 1} h5 l-5 ${BAR + 1} z" fill="#fbfcfd"/>`;
}

function labelOf(row, name) {
  const aim = targetText(row);
  return `${valueText(row, name)}${aim && ` (${aim})`}`;
}

const limitOf = (target) => (target ? (target.atMost ?? target.atLeast) : 0);

function colourOf(row, name) {
  const met = isMet(row, name);
  return met === undefined ? NEUTRAL : met ? MET : MISSED;
}

function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}
