import { compareSync, hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnavailableError } from '../common/errors/common.errors.js';
import { CryptoService } from './crypto.service.js';
import { KeyRing } from './key-ring.js';
import { PasswordHasher } from './password-hasher.js';
import { SecretBox } from './secret-box.js';

const hasher = new PasswordHasher(12);
const crypto = new CryptoService(
  hasher,
  new SecretBox(new KeyRing([Buffer.alloc(32, 'k')])),
);
const MALFORMED = [
  '',
  'plain',
  '$2b$12$',
  '$2b$12$tooshort',
  `$2b$99$${'a'.repeat(53)}`,
  `$2b$31$${'a'.repeat(53)}`,
  `$2x$12$${'a'.repeat(53)}`,
  `$1$${'a'.repeat(53)}`,
  `$2b$12$${'ğ'.repeat(53)}`,
  '$2b$12$m6hZ3cObIREZGEbC2.4u7OzXbm0ux2/2DRjiQjdFNEKOUfhg76WDy\n',
];

afterAll(() => hasher.onApplicationShutdown());

/** Milliseconds that a verification takes. */
async function timed(
  stored: string | undefined,
  password = 'x',
): Promise<number> {
  const start = performance.now();
  await hasher.verify(password, stored);
  return performance.now() - start;
}

describe(PasswordHasher.name, () => {
  const password = 'ş'.repeat(36);
  let hash: string;

  beforeAll(async () => {
    hash = await hasher.hash(password, 'token:a');
  });

  it('hashes with cost 12 in the format that passlib reads', () => {
    expect(hash).toMatch(/^\$2b\$12\$[./\w]{53}$/);
  });

  it('verifies a password of 72 bytes and no longer one', async () => {
    expect(Buffer.byteLength(password)).toBe(72);
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(await hasher.verify(`${password}x`, hash)).toBe(false);
  });

  it('refuses what follows a NUL', async () => {
    const abc = await hasher.hash('abcdef', 'token:a');

    expect(await hasher.verify('abcdef', abc)).toBe(true);
    expect(await hasher.verify('abcdef\0abcdef', abc)).toBe(false);
    expect(await hasher.verify('abcdef\0', abc)).toBe(false);
  });

  it.each([
    'ahmet',
    '$2a$04$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
  ])('does not take a hash for its password', async (wrong) => {
    expect(await hasher.verify(wrong, hash)).toBe(false);
  });

  it('hashes and verifies the NFC form', async () => {
    const decomposed = 's\u0327ifre-g\u0306u\u0308I\u0307';
    const stored = await crypto.hashPassword(decomposed, 'token:a');

    expect(await hasher.verify('şifre-ğüİ', stored)).toBe(true);
    expect(await crypto.verifyPassword(decomposed, stored)).toBe(true);
  });

  it('takes a malformed hash for one that nothing matches', async () => {
    const matches = await Promise.all(
      MALFORMED.map((malformed) => hasher.verify('x', malformed)),
    );

    expect(matches).toEqual(MALFORMED.map(() => false));
  });

  it('takes as long for nobody as for somebody', async () => {
    await timed(hash);
    const somebody = await timed(hash);
    const nobody = await timed(undefined);
    const malformed = await timed('$2b$12$malformed');

    expect(nobody).toBeGreaterThan(somebody / 3);
    expect(malformed).toBeGreaterThan(somebody / 3);
  });

  it('takes as long for a cheaper hash, whether the password is right or not', async () => {
    const cheap = hashSync('x', 8);
    const costly = await timed(hash);
    const right = await timed(cheap);
    const wrong = await timed(hashSync('y', 8));

    expect(await hasher.verify('x', cheap)).toBe(true);
    expect(right).toBeGreaterThan(costly / 3);
    expect(wrong).toBeGreaterThan(costly / 3);
  });

  it('renews what is cheaper or dearer than its own, and nothing that it cannot read', () => {
    const ofCost = (cost: string) => `$2b$${cost}$${hash.slice(7)}`;
    expect(hasher.needsRenewal(ofCost('04'))).toBe(true);
    expect(hasher.needsRenewal(ofCost('10').replace('2b', '2y'))).toBe(true);
    expect(hasher.needsRenewal(ofCost('11'))).toBe(true);
    expect(hasher.needsRenewal(hash)).toBe(false);
    expect(hasher.needsRenewal(ofCost('13'))).toBe(true);
    expect(hasher.needsRenewal(ofCost('15'))).toBe(true);
    for (const malformed of MALFORMED)
      expect(hasher.needsRenewal(malformed)).toBe(false);
  });

  describe('for a password that the old application hashed as it was typed', () => {
    const cheap = new PasswordHasher(5);
    const NFC = 'şifre-ğüİ';
    const NFD = NFC.normalize('NFD');
    const MIXED = NFC + NFD;

    afterAll(() => cheap.onApplicationShutdown());

    it.each([
      ['NFD', NFD, 'NFC', NFC],
      ['NFD', NFD, 'NFD', NFD],
      ['NFC', NFC, 'NFD', NFD],
      ['mixed', MIXED, 'the same mixed', MIXED],
    ])('opens %s for who types %s', async (_one, stored, _other, typed) => {
      const old = hashSync(stored, 5);
      expect(await cheap.verify(typed, old)).toBe(true);
      expect(await cheap.verify(`${typed}x`, old)).toBe(false);
    });

    it('renews the hash of another form than NFC, and leaves that of NFC', async () => {
      const old = hashSync(NFD, 5);
      const renewed = await cheap.renewed(NFC, old);
      expect(renewed).toMatch(/^\$2b\$05\$/);
      expect(compareSync(NFC, renewed)).toBe(true);
      expect(await cheap.renewed(NFC, renewed)).toBe(renewed);
      expect(await cheap.renewed(NFD, renewed)).toBe(renewed);
    });

    it.each([4, 6])('renews cost %i at cost 5', async (cost) => {
      const renewed = await cheap.renewed('x', hashSync('x', cost));
      expect(renewed).toMatch(/^\$2b\$05\$/);
      expect(compareSync('x', renewed)).toBe(true);
    });

    it('takes as long for nobody as for somebody', async () => {
      const old = hashSync(NFD, 12);
      await timed(old, `${NFC}x`);
      const somebody = await timed(old, `${NFC}x`);
      const nobody = await timed(undefined, `${NFC}x`);
      expect(nobody).toBeGreaterThan(somebody / 2);
      expect(somebody).toBeGreaterThan(nobody / 2);
    });
  });

  it('tells whoever finds the queue full to come back, and lives on', async () => {
    const cheap = new PasswordHasher(4);
    const tries = await Promise.allSettled(
      Array.from({ length: 120 }, () =>
        cheap.verify('x', `$2b$04$${hash.slice(7)}`),
      ),
    );
    const refusals = tries.filter((result) => result.status === 'rejected');

    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.length).toBeLessThanOrEqual(120 - 64);
    for (const { reason } of refusals) {
      expect(reason).toBeInstanceOf(UnavailableError);
      expect(reason).toMatchObject({ headers: { 'Retry-After': '5' } });
    }
    expect(await cheap.verify(password, hash)).toBe(true);
    await cheap.onApplicationShutdown();
  });

  it('leaves the event loop alone', async () => {
    const work = Promise.all(
      Array.from({ length: 4 }, () => hasher.hash('secret', 'token:a')),
    );
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    await work;
    clearInterval(ticking);

    expect(ticks).toBeGreaterThan(20);
  });
});
