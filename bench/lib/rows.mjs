import { FLOOR, SERVICES } from './targets.mjs';

/**
 * A row is a case and what came of it: `section` floor, growth or single; `values` by target, `unit` and `digits` of them;
 * `target` with `atLeast` or `atMost`; `loads`, what was measured of each server by label; a `note`.
 */

/** Services that are measured one after the other come as rows of their own; here they become columns of one. */
export function merged(rows) {
  const byName = new Map();
  for (const row of rows) {
    const known = byName.get(row.name);
    if (known === undefined) byName.set(row.name, { ...row });
    else
      byName.set(row.name, {
        ...known,
        values: { ...known.values, ...row.values },
        loads: row.loads && { ...known.loads, ...row.loads },
        note: [known.note, row.note].filter(Boolean).join('; '),
      });
  }
  return [...byName.values()];
}

/** Undefined where nothing was aimed at. */
export function isMet({ target, values }, service) {
  const value = values[service];
  if (!target || value === undefined) return undefined;
  const { atLeast = -Infinity, atMost = Infinity } = target;
  return value >= atLeast && value <= atMost;
}

export function verdict(row, service) {
  const met = isMet(row, service);
  return met === undefined ? '' : met ? 'met' : 'missed';
}

export function valueText({ values, unit = '', digits }, target) {
  const value = values[target];
  if (value === undefined) return '–';
  const places = digits ?? (unit === '' || unit === '×' ? 2 : 1);
  return `${value.toFixed(places)}${unit && ` ${unit}`}`;
}

export function targetText({ target, unit = '' }) {
  if (!target) return '';
  const { atLeast, atMost } = target;
  const text = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return `${text}${unit && ` ${unit}`}`;
}

export function number(value, digits = 1) {
  return value === undefined || Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
}

/** Latencies of less than a millisecond are told apart. */
export function milliseconds(value) {
  return number(value, value < 10 ? 2 : 0);
}

export const inSection = (rows, section) =>
  rows.filter((row) => row.section === section);

export { FLOOR, SERVICES };
