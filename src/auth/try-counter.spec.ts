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
      max: 4,
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

  it.each([1, 4])(
    'a try that is given back makes room for no other, with %i under way at once',
    (atOnce) => {
      const counter = new TryCounter({
        max: 4,
        spanMs: SPAN_MS,
        free: Infinity,
      });
      let guesses = 0;
      for (let round = 0; round < 50; round += 1) {
        const own = Array.from({ length: atOnce }, () => counter.count('a'));
        // Somebody else's, counted whether it may be made or not.
        for (let turn = 0; turn < 4; turn += 1) {
          if (counter.wait('a') === 0) guesses += 1;
          counter.count('a');
          vi.advanceTimersByTime(1);
        }
        for (const giveBack of own) giveBack();
      }
      expect(guesses).toBeLessThanOrEqual(4);
      expect(counter.wait('a')).toBeGreaterThan(0);
    },
  );

  it('gives back the very try, once', () => {
    const counter = new TryCounter({
      max: 2,
      spanMs: SPAN_MS,
      free: Infinity,
    });
    const giveBack = counter.count('a');
    vi.advanceTimersByTime(1_000);
    counter.count('a');
    giveBack();
    giveBack();
    expect(counter.wait('a')).toBe(0);
    counter.count('a');
    expect(counter.wait('a')).toBe(SPAN_MS);
  });

  it('forgets what is over, and what is oldest when it is full', () => {
    const counter = new TryCounter({
      max: 1,
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
      max: 1,
      spanMs: SPAN_MS,
      free: Infinity,
    });
    counter.count('a');
    vi.setSystemTime(Date.now() + 30 * 24 * 3_600_000);
    expect(counter.wait('a')).toBe(SPAN_MS);
  });
});
