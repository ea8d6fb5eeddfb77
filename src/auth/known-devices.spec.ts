import { afterEach, expect, it, vi } from 'vitest';
import type { AppConfig } from '../config/app-config.js';
import { Signer } from '../security/signer.js';
import type { GuessedAccount } from './guessed-account.js';
import { DEVICE_LIFETIME_MS, KnownDevices } from './known-devices.js';

// Signatures need nothing else of the configuration.
const known = new KnownDevices(
  new Signer({ secretKey: 'x'.repeat(32) } as AppConfig),
);
const account = (id: number): GuessedAccount => ({
  kind: 'tenant',
  id,
  passwordHash: `hash ${id}`,
});

afterEach(() => {
  vi.useRealTimers();
});

it('knows the last eight accounts of a browser', () => {
  let cookie = '';
  for (let id = 1; id <= 10; id += 1)
    cookie = known.remember(account(id), [cookie]);
  const found = Array.from({ length: 10 }, (_, index) =>
    known.find(account(index + 1), [cookie]),
  );
  expect(found.map((id) => id !== undefined)).toEqual([
    false,
    false,
    ...Array.from({ length: 8 }, () => true),
  ]);
  expect(new Set(found.slice(2)).size).toBe(8);
  expect(cookie.length).toBeLessThan(1_500);
});

it('gives an account another id at each sign-in, and one entry', () => {
  const first = known.remember(account(1), []);
  const second = known.remember(account(1), [first]);
  expect(known.find(account(1), [second])).not.toBe(
    known.find(account(1), [first]),
  );
  expect(second.split('~')).toHaveLength(1);
});

it('finds the one value that is ours', () => {
  const cookie = known.remember(account(1), []);
  expect(known.find(account(1), ['', 'x', 'tenant.1.a.b.c', cookie])).toBe(
    cookie.split('.')[2],
  );
});

it('takes no entry that was changed in any part', () => {
  const parts = known.remember(account(1), []).split('.');
  for (const index of parts.keys()) {
    const changed = parts.with(
      index,
      parts[index] === 'tenant' ? 'admin' : '2',
    );
    for (const whose of [account(1), account(2)])
      expect(known.find(whose, [changed.join('.')])).toBe(undefined);
  }
});

it('forgets after half a year', () => {
  vi.useFakeTimers();
  const cookie = known.remember(account(1), []);
  vi.setSystemTime(Date.now() + DEVICE_LIFETIME_MS - 1);
  expect(known.find(account(1), [cookie])).not.toBe(undefined);
  vi.setSystemTime(Date.now() + 1);
  expect(known.find(account(1), [cookie])).toBe(undefined);
});
