import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import type { AppConfig } from '../config/app-config.js';
import { Signer } from '../security/signer.js';
import type { GuessedAccount } from './guessed-account.js';
import { KnownDevices } from './known-devices.js';
import { type Guesser, SignInLimiter } from './sign-in-limiter.js';

const MINUTE_MS = 60_000;
const ADMIN: GuessedAccount = { kind: 'admin', id: 1, passwordHash: 'a' };
const TENANT: GuessedAccount = { kind: 'tenant', id: 1, passwordHash: 't' };
const HOME = '192.0.2.1';
const AWAY = '198.51.100.7';

// Signatures need nothing else of the configuration.
const known = new KnownDevices(
  new Signer({ secretKey: 'x'.repeat(32) } as AppConfig),
);

let limiter: SignInLimiter;
/** Of the last try that was let through. */
let opened: (account: GuessedAccount) => void;
let nextAddress = 0;

beforeEach(() => {
  vi.useFakeTimers();
  limiter = new SignInLimiter(known);
});
afterEach(() => {
  vi.useRealTimers();
});

function elsewhere(): string {
  nextAddress += 1;
  return `10.0.${nextAddress >> 8}.${nextAddress & 255}`;
}

interface Try {
  accounts?: readonly GuessedAccount[];
  username?: string;
  from?: string;
  devices?: readonly string[];
  session?: string;
}

/** @returns what may be verified, or the seconds to wait. */
function judge({
  accounts = [],
  username = 'nobody',
  from = HOME,
  devices = [],
  session,
}: Try): GuessedAccount[] | number {
  const guesser: Guesser = { address: from, devices, session };
  try {
    const arrival = limiter.arrive(guesser);
    const admitted = limiter.admit(username, accounts, guesser, arrival);
    opened = admitted.opened;
    return admitted.accounts;
  } catch (error) {
    if (!(error instanceof TooManyRequestsError)) throw error;
    return Number(error.headers['Retry-After']);
  }
}

/** @returns 0 when the try may go on, otherwise the seconds to wait. */
function waitOf(attempt: Try): number {
  const judged = judge(attempt);
  return typeof judged === 'number' ? judged : 0;
}

function times(count: number, attempt: () => Try): number[] {
  return Array.from({ length: count }, () => waitOf(attempt()));
}

function succeed(account: GuessedAccount): void {
  opened(account);
}

/** Guesses at most once a second for 15 minutes from networks of its own. @returns how many may be verified. */
function guessPatiently(attempt: () => Try): number {
  let passed = 0;
  for (let second = 0; second < 15 * 60; second += 1) {
    if (waitOf(attempt()) === 0) passed += 1;
    vi.advanceTimersByTime(1000);
  }
  return passed;
}

describe.each([
  ['an account', { accounts: [ADMIN], username: 'admin' }],
  ['a name that nobody has', { accounts: [], username: 'Nobody' }],
])('of %s', (_, whose) => {
  it('five tries are free from each network, then waits double', () => {
    expect(times(6, () => whose)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(waitOf({ ...whose, from: AWAY })).toBe(0);
    const waits: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const wait = waitOf(whose);
      waits.push(wait);
      vi.advanceTimersByTime(wait * 1000 + 1);
      expect(waitOf(whose)).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('20 are let through in 15 minutes from everywhere, however patient', () => {
    expect(guessPatiently(() => ({ ...whose, from: elsewhere() }))).toBe(20);
    expect(waitOf({ ...whose, from: elsewhere() })).toBe(0);
  });

  it('parallel tries are let through as one after the other', () => {
    expect(times(100, () => whose).filter((wait) => wait === 0)).toHaveLength(
      5,
    );
  });
});

it('knows a name that nobody has in any case', () => {
  times(5, () => ({ username: 'nobody' }));
  expect(waitOf({ username: 'NoBody' })).toBe(1);
  expect(waitOf({ username: 'somebody' })).toBe(0);
});

describe('a network', () => {
  it('has 20 tries a minute, whatever the accounts, refused ones included', () => {
    expect(times(5, () => ({ username: 'a' }))).toEqual([0, 0, 0, 0, 0]);
    for (const wait of times(15, () => ({ username: 'a' })))
      expect(wait).toBe(1);
    const wait = waitOf({ username: 'b' });
    expect(wait).toBeGreaterThan(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect(waitOf({ username: 'b', from: AWAY })).toBe(0);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(waitOf({ username: 'b' })).toBe(0);
  });

  it('is an IPv6 /64, and IPv4 however it is written', () => {
    for (let index = 0; index < 20; index += 1) {
      waitOf({ username: `six-${index}`, from: `2001:db8::${index}` });
      const from = index % 2 ? '192.0.2.3' : '::ffff:192.0.2.3';
      waitOf({ username: `four-${index}`, from });
    }

    expect(waitOf({ from: '2001:db8::ffff:1:2:3' })).toBeGreaterThan(0);
    expect(waitOf({ from: '192.0.2.3' })).toBeGreaterThan(0);
    expect(waitOf({ from: '2001:db8:0:1::1' })).toBe(0);
  });
});

describe('a success', () => {
  it('gives back its own try, and the waits of its account here', () => {
    for (let round = 0; round < 30; round += 1) {
      expect(waitOf({ accounts: [ADMIN] })).toBe(0);
      succeed(ADMIN);
    }
    times(4, () => ({ accounts: [ADMIN] }));
    succeed(ADMIN);
    expect(times(5, () => ({ accounts: [ADMIN] }))).toEqual([0, 0, 0, 0, 0]);
  });

  it('gives a guesser nothing, whose tries have used up the account', () => {
    const devices = [known.remember(ADMIN, [])];
    times(20, () => ({ accounts: [ADMIN], from: elsewhere() }));
    for (let round = 0; round < 5; round += 1) {
      expect(waitOf({ accounts: [ADMIN], devices, from: AWAY })).toBe(0);
      succeed(ADMIN);
      expect(waitOf({ accounts: [ADMIN], from: elsewhere() })).toBeGreaterThan(
        60,
      );
    }
  });

  it('gives nothing back of what others have tried in its network', () => {
    const devices = [known.remember(TENANT, [])];
    times(20, () => ({ username: 'nobody' }));
    let passed = 0;
    for (let round = 0; round < 30; round += 1) {
      expect(waitOf({ accounts: [TENANT], devices })).toBe(0);
      succeed(TENANT);
      if (waitOf({ username: `name-${round}` }) === 0) passed += 1;
    }
    expect(passed).toBe(0);
  });

  it('of a tenant gives back nothing of an admin of that name', () => {
    let guesses = 0;
    for (let round = 0; round < 100; round += 1) {
      const judged = judge({ accounts: [ADMIN, TENANT] });
      if (typeof judged === 'number') continue;
      if (judged.includes(ADMIN)) guesses += 1;
      if (judged.includes(TENANT)) succeed(TENANT);
    }
    expect(guesses).toBe(5);
  });
});

it('lets the tenant of an admin’s name in while the admin must wait', () => {
  times(5, () => ({ accounts: [ADMIN] }));
  expect(judge({ accounts: [ADMIN, TENANT] })).toEqual([TENANT]);
});

it('begins anew with a new password', () => {
  times(20, () => ({ accounts: [ADMIN], from: elsewhere() }));
  expect(waitOf({ accounts: [ADMIN], from: AWAY })).toBeGreaterThan(0);
  const changed = { ...ADMIN, passwordHash: 'b' };
  expect(waitOf({ accounts: [changed], from: AWAY })).toBe(0);
});

describe('a browser that the account was opened in', () => {
  const devices = [known.remember(ADMIN, [])];
  const mine = { accounts: [ADMIN], devices };

  it('is not locked out by strangers, elsewhere or beside it', () => {
    times(100, () => ({ accounts: [ADMIN], from: elsewhere() }));
    times(100, () => ({ accounts: [ADMIN] }));
    times(30, () => ({ username: 'nobody' }));

    expect(waitOf({ accounts: [ADMIN] })).toBeGreaterThan(0);
    expect(waitOf(mine)).toBe(0);
    expect(waitOf({ ...mine, from: AWAY })).toBe(0);
  });

  it('has a bound of its own, and strangers’ bound when that is reached', () => {
    expect(times(6, () => mine)).toEqual([0, 0, 0, 0, 0, 1]);
    const passed = guessPatiently(() => ({ ...mine, from: elsewhere() }));
    expect(passed + 5).toBeLessThanOrEqual(20);
  });

  it('cannot guess without end after strangers have used up theirs', () => {
    times(20, () => ({ accounts: [ADMIN], from: elsewhere() }));
    const passed = guessPatiently(() => ({ ...mine, from: elsewhere() }));
    expect(passed).toBe(10);
  });

  it('is a stranger to every other account and after a change of the password', () => {
    for (const account of [
      TENANT,
      { ...ADMIN, id: 2 },
      { ...ADMIN, passwordHash: 'b' },
    ]) {
      times(20, () => ({ accounts: [account], from: elsewhere() }));
      expect(
        waitOf({ accounts: [account], devices, from: AWAY }),
      ).toBeGreaterThan(60);
    }
  });

  it('may change the password in its session whoever guesses', () => {
    times(20, () => ({ accounts: [ADMIN], from: elsewhere() }));
    const inSession = { accounts: [ADMIN], session: 'of-the-admin' };
    expect(times(6, () => inSession)).toEqual([0, 0, 0, 0, 0, 1]);
  });
});
