import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.js';
import { SecretBox } from './secret-box.js';
import type { OpenedSecret } from './secret.js';

const KEY = randomBytes(32);
const PLACE = 'tenants/1/openai_api_key';

function boxWith(...keys: Buffer[]): SecretBox {
  return new SecretBox(new KeyRing(keys));
}

const UNREADABLE: OpenedSecret = { state: 'unreadable' };

function textOf(opened: OpenedSecret): string | undefined {
  return opened.state === 'ok' ? opened.secret.reveal() : undefined;
}

describe(SecretBox.name, () => {
  it('opens a secret in its place', () => {
    const box = boxWith(KEY);
    const sealed = box.seal('sk-gizli', PLACE);

    expect(box.stateOf(sealed, PLACE)).toBe('ok');
    expect(textOf(box.open(sealed, PLACE))).toBe('sk-gizli');
  });

  it('does not open a secret that was copied to another place', () => {
    const box = boxWith(KEY);
    const sealed = box.seal('sk-gizli', PLACE);

    expect(box.stateOf(sealed, 'tenants/2/openai_api_key')).toBe('unreadable');
    expect(box.open(sealed, 'tenants/2/openai_api_key')).toEqual(UNREADABLE);
  });

  it.each(['token', 'kid', 'mac'] as const)(
    'does not open a secret with the %s of another',
    (field) => {
      const box = boxWith(KEY);
      const other = boxWith(randomBytes(32)).seal('sk-other', PLACE);
      const mixed = { ...box.seal('sk-gizli', PLACE), [field]: other[field] };

      expect(box.stateOf(mixed, PLACE)).toBe('unreadable');
      expect(box.open(mixed, PLACE)).toEqual(UNREADABLE);
    },
  );

  it('does not open a secret whose binding was tampered with', () => {
    const box = boxWith(KEY);
    const sealed = box.seal('sk-gizli', PLACE);
    const digit = sealed.mac.startsWith('0') ? '1' : '0';

    expect(
      box.open({ ...sealed, mac: digit + sealed.mac.slice(1) }, PLACE),
    ).toEqual(UNREADABLE);
  });

  it('opens a secret of a key that is no longer the first', () => {
    const sealed = boxWith(KEY).seal('sk-gizli', PLACE);

    expect(textOf(boxWith(randomBytes(32), KEY).open(sealed, PLACE))).toBe(
      'sk-gizli',
    );
    expect(boxWith(randomBytes(32)).open(sealed, PLACE)).toEqual(UNREADABLE);
  });

  it('tells a missing secret from an unbound one', () => {
    const box = boxWith(KEY);
    const { token } = box.seal('sk-gizli', PLACE);

    expect(box.open({ token: '', kid: null, mac: null }, PLACE)).toEqual({
      state: 'missing',
    });
    expect(box.open({ token, kid: null, mac: null }, PLACE)).toEqual(
      UNREADABLE,
    );
  });

  it.each([
    ['sk-abcdef', 'cdef'],
    ['sk-ab🦷🦷çğ', '🦷🦷çğ'],
    ['ab', 'ab'],
  ])('hints at %s by its last four code points', (plaintext, hint) => {
    expect(boxWith(KEY).seal(plaintext, PLACE).hint).toBe(hint);
  });

  it('adopts a bare token of any of its keys and keeps it as it is', () => {
    const token = new KeyRing([KEY]).encrypt('sk-eski');
    const box = boxWith(randomBytes(32), KEY);
    const sealed = box.adopt(token, PLACE);

    expect(sealed).toMatchObject({
      token,
      kid: new KeyRing([KEY]).primaryKid,
      hint: 'eski',
    });
    expect(sealed && textOf(box.open(sealed, PLACE))).toBe('sk-eski');
  });

  it.each(['', 'garbage', new KeyRing([randomBytes(32)]).encrypt('x')])(
    'does not adopt what no key opens',
    (token) => {
      expect(boxWith(KEY).adopt(token, PLACE)).toBeUndefined();
    },
  );
});
