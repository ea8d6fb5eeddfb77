import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateToken, hashToken, tokenId } from './token-format.js';

const { id, token } = generateToken();

describe(generateToken.name, () => {
  it('makes vr_, 8 characters, 43 characters and a checksum', () => {
    expect(token).toMatch(/^vr_[A-Za-z0-9]{8}_[\w-]{43}[0-9a-f]{8}$/);
    expect(token.slice(3, 11)).toBe(id);
  });

  it('makes no token twice', () => {
    const tokens = Array.from({ length: 200 }, () => generateToken().token);

    expect(new Set(tokens)).toHaveLength(200);
  });
});

describe(tokenId.name, () => {
  it('reads the id of 200 tokens', () => {
    const made = Array.from({ length: 200 }, generateToken);

    expect(made.map((each) => tokenId(each.token))).toEqual(
      made.map((each) => each.id),
    );
  });

  it('refuses a token with any character changed', () => {
    const read = Array.from(token, (letter, index) =>
      tokenId(
        token.slice(0, index) +
          (letter === '0' ? '1' : '0') +
          token.slice(index + 1),
      ),
    );

    expect(new Set(read)).toEqual(new Set([undefined]));
  });

  it.each([
    '',
    'vr_',
    ` ${token}`,
    `${token}\n`,
    `${token}x`,
    token.slice(0, -1),
    token.toUpperCase(),
  ])('refuses %j', (broken) => {
    expect(tokenId(broken)).toBeUndefined();
  });
});

describe(hashToken.name, () => {
  it('is the SHA-256 of the whole token', () => {
    expect(hashToken(token)).toBe(
      createHash('sha256').update(token).digest('hex'),
    );
  });
});
