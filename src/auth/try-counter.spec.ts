import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TryCounter } from './try-counter.js';

const SPAN_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe(TryCounter.name, () => {
  it('keeps to the most in any span, wherever it begins', () => {
    const counter = new TryCounter({
      most: 4,
      spanMs: SPAN_MS,
      free: Infinity,
    });
    const tries: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      // Saves its tries up for the end of one minute and the beginning of the next.
      if (second >= 50 && counter.wait('a') === 0) {
        counter.count('a');
        tries.push(second);
      }
      vi.advanceTimersByTime(1_000);
    }

    expect(tries.length).toBeGreaterThan(8);
    for (const from of tries)
      expect(
        tries.filter((at) => at >= from && at < from + 60).length,
      ).toBeLessThanOrEqual(4);
  });

  it('forgets what is over, and what is oldest when it is full', () => {
    const counter = new TryCounter({
      most: 1,
      spanMs: SPAN_MS,
      free: Infinity,
    });
    counter.count('old');
    for (let index = 0; index < 100_000; index += 1) counter.count(`${index}`);
    expect(counter.size).toBe(100_000);
    expect(counter.wait('old')).toBe(0);
    expect(counter.wait('99999')).toBeGreaterThan(0);

    vi.advanceTimersByTime(SPAN_MS);
    counter.count('new');
    expect(counter.size).toBe(1);
  });

  it('is not told another time by the wall clock', () => {
    const counter = new TryCounter({
      most: 1,
      spanMs: SPAN_MS,
      free: Infinity,
    });
    counter.count('a');
    vi.setSystemTime(Date.now() + 30 * 24 * 3_600_000);
    expect(counter.wait('a')).toBe(SPAN_MS);
  });
});
