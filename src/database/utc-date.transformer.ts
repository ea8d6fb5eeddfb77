import type { ValueTransformer } from 'typeorm';

const STORED =
  /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, as SQLAlchemy writes and reads it: a `T` in it makes the old application fail. */
export function formatUtc(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '000');
}

/** @returns null for what is no date: a row with a broken date stays readable. */
export function parseUtc(stored: unknown): Date | null {
  if (typeof stored !== 'string') return null;
  const match = STORED.exec(stored);
  if (!match) return null;
  const date = new Date(`${match[1]}T${match[2]}${match[3] ?? 'Z'}`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** TypeORM hands find operators and undefined through as they are. */
function toStored(value: unknown): unknown {
  return value instanceof Date ? formatUtc(value) : value;
}

/** Column transformer between `Date` and the stored text. */
export const utcDate: ValueTransformer = {
  to: toStored,
  from: parseUtc,
};

/**
 * For dates that a right depends on: what is no date becomes an invalid `Date`, which is neither null nor in the future,
 * so that a damaged row loses the right instead of keeping it for ever.
 */
export const decidingUtcDate: ValueTransformer = {
  to: toStored,
  from: (stored: unknown) =>
    stored === null ? null : (parseUtc(stored) ?? new Date(Number.NaN)),
};
