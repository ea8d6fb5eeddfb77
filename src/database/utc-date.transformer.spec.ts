import { describe, expect, it } from 'vitest';
import {
  decidingUtcDate,
  formatUtc,
  parseUtc,
  utcDate,
} from './utc-date.transformer.js';

describe(formatUtc.name, () => {
  it('writes what SQLAlchemy writes and reads', () => {
    expect(formatUtc(new Date('2026-11-22T19:39:47.005Z'))).toBe(
      '2026-11-22 19:39:47.005000',
    );
  });
});

describe(parseUtc.name, () => {
  it.each([
    ['2026-11-22 19:39:47', '2026-11-22T19:39:47.000Z'],
    ['2026-11-22 19:39:47.123456', '2026-11-22T19:39:47.123Z'],
    ['2026-11-22 19:39:47.5', '2026-11-22T19:39:47.500Z'],
    ['2026-11-22T19:39:47', '2026-11-22T19:39:47.000Z'],
    ['2026-11-22T19:39:47Z', '2026-11-22T19:39:47.000Z'],
    ['2026-11-22 22:39:47+03:00', '2026-11-22T19:39:47.000Z'],
    ['2026-11-22 19:39', '2026-11-22T19:39:00.000Z'],
  ])('reads %s', (stored, iso) => {
    expect(parseUtc(stored)?.toISOString()).toBe(iso);
  });

  it.each([null, undefined, '', 'yesterday', '2026-13-01 00:00:00', 0, 1e12])(
    'takes %j for no date',
    (stored) => {
      expect(parseUtc(stored)).toBeNull();
    },
  );

  it('is the inverse of formatUtc', () => {
    const now = new Date();

    expect(parseUtc(formatUtc(now))).toEqual(now);
  });
});

describe('utcDate', () => {
  it('hands on what is no date', () => {
    expect(utcDate.to(null)).toBeNull();
    expect(utcDate.to(undefined)).toBeUndefined();
    expect(utcDate.to(new Date(0))).toBe('1970-01-01 00:00:00.000000');
  });
});

describe('decidingUtcDate', () => {
  it('is never in force for what is no date', () => {
    const date: unknown = decidingUtcDate.from('yesterday');
    expect(date).toBeInstanceOf(Date);
    expect(Number(date) > 0).toBe(false);
  });

  it('keeps null and dates as they are', () => {
    expect(decidingUtcDate.from(null)).toBeNull();
    expect(decidingUtcDate.from('2026-11-22 19:39:47')).toEqual(
      new Date('2026-11-22T19:39:47Z'),
    );
  });
});
