import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Secret, Token } from 'fernet';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '../../test/helpers/test-database.js';
import { projectPath } from '../../test/helpers/paths.js';
import { decryptFernet, encryptFernet } from './fernet.js';
import { generateEncryptionKey } from './generate-encryption-key.js';

interface Vector {
  desc?: string;
  token: string;
  now: string;
  ttl_sec: number;
  src: string;
  iv: number[];
  secret: string;
}

const KEY_TEXT = generateEncryptionKey();
const KEY = Buffer.from(KEY_TEXT, 'base64url');
const TEXTS = ['', 'a', 'sk-proj-öyle-değil-anahtar', 'x'.repeat(4096)];

function vectors(name: string): Vector[] {
  const file = projectPath(`test/fixtures/fernet-spec/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Vector[];
}

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}

function encrypt(text: string): string {
  return encryptFernet(KEY, Buffer.from(text));
}

function decrypt(token: string): string | undefined {
  return decryptFernet(KEY, token)?.toString();
}

describe(encryptFernet.name, () => {
  it.each(vectors('generate'))(
    'makes the token of the spec for $src',
    ({ token, now, iv, src, secret }) => {
      expect(
        encryptFernet(Buffer.from(secret, 'base64url'), Buffer.from(src), {
          time: seconds(now),
          iv: Buffer.from(iv),
        }),
      ).toBe(token);
    },
  );

  it('never makes the same token twice', () => {
    const tokens = Array.from({ length: 100 }, () => encrypt('same'));

    expect(new Set(tokens)).toHaveLength(100);
  });

  it.each(TEXTS)('makes tokens that another implementation reads', (text) => {
    const witness = new Token({
      secret: new Secret(KEY_TEXT),
      token: encrypt(text),
      ttl: 0,
    });

    expect(witness.decode()).toBe(text);
  });
});

describe(decryptFernet.name, () => {
  it.each(vectors('verify'))(
    'opens the token of the spec for $src',
    ({ token, now, ttl_sec: ttl, src, secret }) => {
      const opened = decryptFernet(Buffer.from(secret, 'base64url'), token, {
        ttl,
        now: seconds(now),
      });

      expect(opened?.toString()).toBe(src);
    },
  );

  it.each(vectors('invalid'))(
    'refuses the invalid token of the spec: $desc',
    ({ token, now, ttl_sec: ttl, secret }) => {
      const opened = decryptFernet(Buffer.from(secret, 'base64url'), token, {
        ttl,
        now: seconds(now),
      });

      expect(opened).toBeUndefined();
    },
  );

  it('has all ten vectors of the spec', () => {
    const all = ['generate', 'verify', 'invalid'].flatMap(vectors);

    expect(all).toHaveLength(10);
  });

  it.each(TEXTS)('opens what another implementation made', (text) => {
    const witness = new Token({ secret: new Secret(KEY_TEXT), ttl: 0 });

    expect(decrypt(witness.encode(text))).toBe(text);
  });

  it("opens the tokens of Python's cryptography", async () => {
    const legacy = JSON.parse(
      readFileSync(projectPath('test/fixtures/legacy/expected.json'), 'utf8'),
    ) as { encryption_key: string; tenants: { openai_api_key: string }[] };
    const key = Buffer.from(legacy.encryption_key, 'base64url');
    const tokens = await legacyTokens();
    const opened = tokens.map((token) => decryptFernet(key, token)?.toString());

    expect(opened).toEqual(
      legacy.tenants.map(({ openai_api_key: plaintext }) => plaintext),
    );
  });

  it('refuses a token with any bit flipped', () => {
    const bytes = Buffer.from(encrypt('sk-'.padEnd(64, 'x')), 'base64url');
    const opened = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return decrypt(padded(copy));
    });

    expect(decrypt(padded(bytes))).toBe('sk-'.padEnd(64, 'x'));
    expect(opened.length).toBeGreaterThanOrEqual(1_000);
    expect(opened.filter((text) => text !== undefined)).toEqual([]);
  });

  it('refuses a token cut anywhere', () => {
    const token = encrypt('secret');
    const cuts = Array.from(token, (_, end) => decrypt(token.slice(0, end)));

    expect(new Set(cuts)).toEqual(new Set([undefined]));
  });

  it.each([
    ['trailing garbage', (token: string) => `${token}x`],
    ['more padding', (token: string) => `${token}=`],
    ['a trailing line end', (token: string) => `${token}\n`],
    ['a leading blank', (token: string) => ` ${token}`],
    [
      'a blank inside',
      (token: string) => `${token.slice(0, 9)} ${token.slice(9)}`,
    ],
    ['no padding', (token: string) => token.replace(/=+$/, '')],
    [
      'the other base64 alphabet',
      (token: string) => token.replaceAll('_', '/').replaceAll('-', '+'),
    ],
    ['a NUL', (token: string) => `${token}\0`],
    ['nothing at all', () => ''],
  ])('refuses a token with %s', (_, spoil) => {
    const token = tokenWithSigns();

    expect(decrypt(token)).toBe('secret');
    expect(decrypt(spoil(token))).toBeUndefined();
  });

  it('refuses base64 whose unused bits are set', () => {
    const token = encrypt('secret');
    const last = token.search(/=+$/) - 1;
    const alphabet =
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const letter = alphabet.charAt(alphabet.indexOf(token.charAt(last)) + 1);
    const other = token.slice(0, last) + letter + token.slice(last + 1);

    expect(Buffer.from(other, 'base64url')).toEqual(
      Buffer.from(token, 'base64url'),
    );
    expect(decrypt(other)).toBeUndefined();
  });

  it('refuses a token of another key', () => {
    expect(decryptFernet(randomBytes(32), encrypt('secret'))).toBeUndefined();
  });

  it('has no age limit unless it is asked for one', () => {
    const token = encryptFernet(KEY, Buffer.from('old'), {
      time: 0,
      iv: randomBytes(16),
    });

    expect(decrypt(token)).toBe('old');
    expect(decryptFernet(KEY, token, { ttl: 59, now: 60 })).toBeUndefined();
    expect(decryptFernet(KEY, token, { ttl: 60, now: 60 })).toBeDefined();
  });
});

/** A token with both signs in which base64 and base64url differ, and with padding. */
function tokenWithSigns(): string {
  const token = encrypt('secret');
  return token.includes('-') && token.includes('_') && token.endsWith('=')
    ? token
    : tokenWithSigns();
}

function padded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

async function legacyTokens(): Promise<string[]> {
  const rows = await withDatabase(
    projectPath('test/fixtures/legacy/randevu_asistani.db'),
    (database) =>
      database.all<{ token: string }>(
        'SELECT openai_api_key AS token FROM tenants ORDER BY id',
      ),
  );
  return rows.map(({ token }) => token);
}
