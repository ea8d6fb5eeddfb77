import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import { SignInLimiter } from './sign-in-limiter.js';

const MINUTE_MS = 60_000;

let limiter: SignInLimiter;
let nextAddress = 0;

beforeEach(() => {
  vi.useFakeTimers();
  limiter = new SignInLimiter();
});

afterEach(() => {
  vi.useRealTimers();
});

/** @returns 0 when the try may go on, otherwise the seconds to wait. */
async function tryAs(
  username: string,
  address = `10.0.${(nextAddress += 1) >> 8}.${nextAddress & 255}`,
): Promise<number> {
  try {
    await limiter.beforeTry(username, address);
    return 0;
  } catch (error) {
    if (!(error instanceof TooManyRequestsError)) throw error;
    return Number(error.headers['Retry-After']);
  }
}

async function tryTimes(count: number, username: string): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < count; index += 1)
    waits.push(await tryAs(username));
  return waits;
}

describe(SignInLimiter.name, () => {
  it('gives an account five free tries', async () => {
    expect(await tryTimes(6, 'admin')).toEqual([0, 0, 0, 0, 0, 1]);
    expect(await tryAs('other')).toBe(0);
  });

  it('doubles the wait with each further try', async () => {
    await tryTimes(5, 'admin');
    const waits: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const wait = await tryAs('admin');
      waits.push(wait);
      vi.advanceTimersByTime(wait * 1000 + 1);
      expect(await tryAs('admin')).toBe(0);
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('lets at most 20 tries of one account through in 15 minutes, however patient', async () => {
    let passed = 0;
    for (let second = 0; second < 15 * 60; second += 1) {
      if ((await tryAs('admin')) === 0) passed += 1;
      vi.advanceTimersByTime(1000);
    }

    expect(passed).toBeGreaterThan(10);
    expect(passed).toBeLessThanOrEqual(20);
  });

  it('counts parallel tries, and locks the account for 15 minutes at most', async () => {
    const waits = await Promise.all(
      Array.from({ length: 100 }, () => tryAs('admin')),
    );

    expect(waits.filter((wait) => wait === 0).length).toBeLessThanOrEqual(20);
    const wait = await tryAs('admin');
    expect(wait).toBeGreaterThan(60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    vi.advanceTimersByTime(15 * MINUTE_MS + 1000);
    expect(await tryAs('admin')).toBe(0);
  });

  it('gives an address 20 tries a minute, whatever the accounts', async () => {
    const waits: number[] = [];
    for (let index = 0; index < 21; index += 1)
      waits.push(await tryAs(`account-${index}`, '192.0.2.1'));

    expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(waits[20]).toBeGreaterThan(0);
    expect(waits[20]).toBeLessThanOrEqual(60);
    expect(await tryAs('account-x', '192.0.2.2')).toBe(0);
    vi.advanceTimersByTime(MINUTE_MS + 1000);
    expect(await tryAs('account-y', '192.0.2.1')).toBe(0);
  });

  it('takes an IPv6 /64 and an IPv4 address in IPv6 for one address', async () => {
    for (let index = 0; index < 20; index += 1) {
      await tryAs(`six-${index}`, `2001:db8::${index}`);
      await tryAs(
        `four-${index}`,
        index % 2 ? '192.0.2.3' : '::ffff:192.0.2.3',
      );
    }

    expect(await tryAs('six', '2001:db8::ffff:1:2:3')).toBeGreaterThan(0);
    expect(await tryAs('four', '192.0.2.3')).toBeGreaterThan(0);
    expect(await tryAs('seven', '2001:db8:0:1::1')).toBe(0);
  });

  it('gives tries back after a success', async () => {
    for (let round = 0; round < 30; round += 1) {
      expect(await tryAs('admin', '192.0.2.4')).toBe(0);
      await limiter.afterSuccess('admin', '192.0.2.4');
    }
    await tryTimes(4, 'admin');
    await limiter.afterSuccess('admin', '192.0.2.9');

    expect(await tryTimes(5, 'admin')).toEqual([0, 0, 0, 0, 0]);
  });
});
