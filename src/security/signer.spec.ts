import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/load-config.js';
import {
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../../test/helpers/service.js';
import { Signer } from './signer.js';

function signerOf(SECRET_KEY: string): Signer {
  return new Signer(
    loadConfig({ SECRET_KEY, ENCRYPTION_KEY: TEST_ENCRYPTION_KEY }),
  );
}

describe(Signer.name, () => {
  const signer = signerOf(TEST_SECRET_KEY);
  const signature = signer.sign('session', 'text');

  it('accepts its own signature', () => {
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(signer.verify('session', 'text', signature)).toBe(true);
  });

  it('tells purposes, texts and secrets apart', () => {
    expect(signer.verify('csrf', 'text', signature)).toBe(false);
    expect(signer.verify('session', 'texts', signature)).toBe(false);
    expect(
      signerOf(`${TEST_SECRET_KEY}!`).verify('session', 'text', signature),
    ).toBe(false);
  });

  it.each(['', 'x', `${signature}=`, 'ğ'.repeat(43), 'A'.repeat(43)])(
    'refuses the broken signature %j without throwing',
    (broken) => {
      expect(signer.verify('session', 'text', broken)).toBe(false);
    },
  );
});
