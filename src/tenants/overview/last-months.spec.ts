import { describe, expect, it } from 'vitest';
import { lastMonths } from './last-months.js';

describe(lastMonths.name, () => {
  it('counts months as they begin in Turkey, over the end of a year', () => {
    expect(lastMonths(3, new Date('2026-01-31T20:59:59.999Z'))).toEqual([
      { name: '2025-11', start: new Date('2025-10-31T21:00:00Z') },
      { name: '2025-12', start: new Date('2025-11-30T21:00:00Z') },
      { name: '2026-01', start: new Date('2025-12-31T21:00:00Z') },
      { name: '2026-02', start: new Date('2026-01-31T21:00:00Z') },
    ]);
  });

  it('is in the next month when that has begun in Turkey', () => {
    const months = lastMonths(12, new Date('2026-01-31T21:00:00Z'));
    expect(months.map(({ name }) => name).join(' ')).toBe(
      '2025-03 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-02 2026-03',
    );
  });
});
