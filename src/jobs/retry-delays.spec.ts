import { describe, expect, it } from 'vitest';
import { RetryDelays } from './retry-delays.js';

describe(RetryDelays.name, () => {
  it('lets a job that has failed wait, each time twice as long, up to a minute', () => {
    let now = 0;
    const delays = new RetryDelays(() => now);
    const waits = [5, 10, 20, 40, 60, 60].map((seconds) => {
      delays.note(1);
      now += seconds * 1_000 - 1;
      const before = delays.waiting();
      now += 1;
      return [before, delays.waiting()];
    });
    expect(waits).toEqual(Array.from({ length: 6 }, () => [[1], []]));
  });

  it('begins anew once it went well', () => {
    let now = 0;
    const delays = new RetryDelays(() => now);
    delays.note(1);
    delays.note(1);
    delays.forget(1);
    expect(delays.waiting()).toEqual([]);
    delays.note(1);
    now = 5_000;
    expect(delays.waiting()).toEqual([]);
  });

  it('forgets the oldest of a thousand', () => {
    const delays = new RetryDelays(() => 0);
    for (let id = 0; id <= 1_000; id += 1) delays.note(id);
    expect(delays.waiting()).toHaveLength(1_000);
    expect(delays.waiting()).not.toContain(0);
  });
});
