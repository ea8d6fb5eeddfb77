import { describe, expect, it } from 'vitest';
import { parseEncryptionKeys } from '../config/encryption-keys.js';
import { generateEncryptionKey } from './generate-encryption-key.js';

describe(generateEncryptionKey.name, () => {
  it('makes keys that the configuration accepts, each once', () => {
    const keys = Array.from({ length: 100 }, generateEncryptionKey);

    expect(parseEncryptionKeys(keys.join(','))).toHaveLength(100);
    expect(keys.every((key) => /^[\w-]{43}=$/.test(key))).toBe(true);
  });
});
