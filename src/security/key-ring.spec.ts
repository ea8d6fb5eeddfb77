import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const PLACE = 'tenants/1/openai_api_key';

describe(KeyRing.name, () => {
  it('refuses to be empty', () => {
    expect(() => new KeyRing([])).toThrow('at least one key');
  });

  it('knows a key by the first 8 hex digits of its SHA-256', () => {
    const kid = createHash('sha256').update(OLD).digest('hex').slice(0, 8);

    expect(new KeyRing([OLD]).primaryKid).toBe(kid);
  });

  it('encrypts with the first key and decrypts with all', () => {
    const old = new KeyRing([OLD]);
    const ring = new KeyRing([NEW, OLD]);

    expect(ring.kids).toEqual([ring.primaryKid, old.primaryKid]);
    expect(ring.decrypt(old.encrypt('ç'))).toMatchObject({
      plaintext: 'ç',
      kid: old.primaryKid,
    });
    expect(ring.decrypt(ring.encrypt('ç'))).toMatchObject({
      plaintext: 'ç',
      kid: ring.primaryKid,
    });
    expect(old.decrypt(ring.encrypt('ç'))).toBeUndefined();
  });

  it('binds a token to one place under one key', () => {
    const ring = new KeyRing([NEW, OLD]);
    const [kid = '', otherKid = ''] = ring.kids;
    const token = ring.encrypt('x');
    const mac = ring.bind(kid, PLACE, token) ?? '';

    expect(mac).toMatch(/^[0-9a-f]{64}$/);
    expect(ring.isBound(kid, PLACE, token, mac)).toBe(true);
    expect(ring.isBound(kid, 'tenants/2/openai_api_key', token, mac)).toBe(
      false,
    );
    expect(ring.isBound(otherKid, PLACE, token, mac)).toBe(false);
    expect(ring.isBound(kid, PLACE, ring.encrypt('x'), mac)).toBe(false);
    // What has once been found bound is remembered with all that makes it so.
    expect(ring.isBound(kid, PLACE, token, '0'.repeat(64))).toBe(false);
    expect(ring.isBound(kid, PLACE, token, mac)).toBe(true);
  });

  it('keeps place and token apart in what it binds', () => {
    const ring = new KeyRing([OLD]);
    const kid = ring.primaryKid;

    expect(ring.bind(kid, 'a', 'bc')).not.toBe(ring.bind(kid, 'ab', 'c'));
  });

  it('binds nothing under a key that it does not have', () => {
    const ring = new KeyRing([OLD]);

    expect(ring.bind('00000000', PLACE, 'x')).toBeUndefined();
    expect(ring.isBound('00000000', PLACE, 'x', '0'.repeat(64))).toBe(false);
  });

  it.each(['', '0'.repeat(64), '0'.repeat(63), 'ğ'.repeat(64), 'ğ'.repeat(32)])(
    'takes the broken binding %j for a wrong one',
    (mac) => {
      const ring = new KeyRing([OLD]);

      expect(ring.isBound(ring.primaryKid, PLACE, 'x', mac)).toBe(false);
    },
  );
});
