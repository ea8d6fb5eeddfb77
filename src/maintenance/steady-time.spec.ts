import { describe, expect, it } from 'vitest';
import { look, NOTHING_SEEN, type SteadyTime } from './steady-time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 0, 15, 12);

const inStep = (at: number): SteadyTime => ({
  trustedAt: at,
  gap: 0,
  noticedAt: null,
});

/** Looks every hour for some hours, while the clock goes as it should. */
function watch(
  time: SteadyTime,
  clock: number,
  hours: number,
): [SteadyTime, number] {
  let [seen, now] = [time, clock];
  for (let hour = 0; hour < hours; hour += 1) {
    now += HOUR;
    seen = look(seen, seen.trustedAt + HOUR, now);
  }
  return [seen, now];
}

describe(look, () => {
  it('goes with a clock that is right, and over a restart of minutes', () => {
    const [time, clock] = watch(inStep(NOON), NOON, 48);
    expect(time).toEqual(inStep(clock));
    expect(look(time, 0, clock + 4 * MINUTE)).toEqual(
      inStep(clock + 4 * MINUTE),
    );
  });

  it.each([
    ['at a start', 0],
    ['while it runs', NOON + MINUTE],
  ])('believes a clock that jumps a month ahead %s after a day', (_, own) => {
    const ahead = NOON + 31 * DAY;
    const noticed = look(inStep(NOON), own, ahead);
    expect(noticed.trustedAt).toBe(Math.max(NOON, own));
    const [waiting] = watch(noticed, ahead, 23);
    expect(waiting.trustedAt).toBe(noticed.trustedAt + 23 * HOUR);
    const [believed, clock] = watch(noticed, ahead, 24);
    expect(believed).toEqual(inStep(clock));
  });

  it('forgets a jump once the clock is right again', () => {
    const noticed = look(inStep(NOON), 0, NOON + 31 * DAY);
    const [waiting] = watch(noticed, NOON + 31 * DAY, 20);
    const back = NOON + 20 * HOUR + MINUTE;
    expect(look(waiting, 0, back)).toEqual(inStep(back));
  });

  it('follows a clock that goes back, and waits a day when it comes again', () => {
    const back = look(inStep(NOON), NOON, NOON - 365 * DAY);
    expect(back).toEqual(inStep(NOON - 365 * DAY));
    const again = look(back, back.trustedAt + HOUR, NOON);
    expect(again).toMatchObject({ trustedAt: back.trustedAt + HOUR });
    expect(watch(again, NOON, 23)[0].trustedAt).toBeLessThan(NOON);
    const [believed, clock] = watch(again, NOON, 24);
    expect(believed).toEqual(inStep(clock));
  });

  it('begins the day anew when the clock went back below the time of a jump', () => {
    const noticed = look(inStep(NOON), 0, NOON + 31 * DAY);
    const [waiting] = watch(noticed, NOON + 31 * DAY, 20);
    const lower = look(
      look(waiting, waiting.trustedAt, NOON - DAY),
      NOON - DAY,
      NOON + 31 * DAY,
    );
    const [later] = watch(lower, NOON + 31 * DAY, 10);
    expect(later.trustedAt).toBe(NOON - DAY + 10 * HOUR);
  });

  it('adds up the days of a service that is off every night', () => {
    let [time, clock] = [inStep(NOON), NOON];
    for (let day = 0; day < 10; day += 1) {
      clock += 14 * HOUR;
      time = look(time, 0, clock);
      [time, clock] = watch(time, clock, 10);
    }
    // Never further behind than the nights of three days of work, each of which makes ten hours.
    expect(clock - time.trustedAt).toBeLessThan(6 * DAY);
    expect(time.trustedAt).toBeGreaterThan(NOON + 4 * DAY);
  });

  it('does not believe with an older gap what came on top of it', () => {
    const night = NOON + 10 * HOUR;
    const [waiting, clock] = watch(look(inStep(NOON), 0, night), night, 23);
    const month = clock + 31 * DAY;
    const jumped = look(waiting, 0, month);
    const [later] = watch(jumped, month, 20);
    expect(later.trustedAt).toBeLessThan(clock + DAY);
    const [believed, now] = watch(jumped, month, 25);
    expect(believed).toEqual(inStep(now));
  });

  it('is not hurried by two processes that look at one clock', () => {
    const ahead = NOON + 31 * DAY;
    let time = look(inStep(NOON), 0, ahead);
    for (let hour = 1; hour <= 23; hour += 1)
      for (const _ of ['one', 'other'])
        time = look(time, NOON + hour * HOUR, ahead + hour * HOUR);
    expect(time.trustedAt).toBe(NOON + 23 * HOUR);
  });

  it('takes nothing for old before anything is known', () => {
    const first = look(NOTHING_SEEN, 0, NOON);
    expect(first.trustedAt).toBe(0);
    const [believed, clock] = watch(first, NOON, 24);
    expect(believed).toEqual(inStep(clock));
  });
});
