import type { Request } from 'express';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf } from './client-address.js';

const PEER = '192.0.2.10';

function addressOf(ip: string | undefined, remoteAddress = PEER) {
  // All that is asked of a request.
  return clientAddress({ ip, socket: { remoteAddress } } as Request);
}

describe(clientAddress.name, () => {
  it.each([
    ['203.0.113.8', '203.0.113.8'],
    ['203.0.113.8:4711', '203.0.113.8'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:203.0.113.8', '203.0.113.8'],
    ['[::ffff:203.0.113.8]:4711', '203.0.113.8'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
  ])('of %s is %s', (ip, expected) => {
    expect(addressOf(ip)).toBe(expected);
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '010.0.0.1',
    '256.1.1.1',
    '203.0.113.8:',
    '203.0.113.8:123456',
    '203.0.113.8:80:80',
    '[203.0.113.8',
    'for=203.0.113.8',
    '[[::1]]',
    `${'1'.repeat(5_000)}:1`,
  ])('is the peer’s where a proxy says %s', (ip) => {
    expect(addressOf(ip)).toBe(PEER);
  });

  it('is the peer’s IPv4 address on a socket for both', () => {
    expect(addressOf(undefined, '::ffff:192.0.2.10')).toBe(PEER);
    expect(clientAddress({ ip: undefined, socket: {} } as Request)).toBe(null);
  });
});

describe(networkOf.name, () => {
  it.each([
    ['203.0.113.8', '203.0.113.8', true],
    ['203.0.113.8', '203.0.113.9', false],
    ['2001:db8::1', '2001:db8::ffff:0:0:1', true],
    ['2001:db8::1', '2001:db8:0:1::1', false],
  ])('of %s and %s is the same: %s', (one, other, same) => {
    expect(networkOf(one) === networkOf(other)).toBe(same);
  });
});
