import { isIPv4 } from 'node:net';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** `203.0.113.8:4711`, `[2001:db8::1]` and `[2001:db8::1]:4711`, as some proxies write them. */
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/;
const IN_BRACKETS = /^\[([^[\]]+)\](?::\d{1,5})?$/;

/**
 * Where a request comes from, for whoever asks: limits, sessions, the audit trail.
 * What the trusted proxy says, if that is an address, otherwise the peer's; null when the peer is gone already.
 */
export function clientAddress({ ip, socket }: Request): string | null {
  return addressIn(ip) ?? addressIn(socket.remoteAddress) ?? null;
}

/** The network that an address belongs to: an IPv6 customer has a whole /64. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : parsed.toByteArray().slice(0, 8).join('.');
}

/** The address in a text, in its shortest form, without port, brackets and zone; IPv4 written as IPv6 is IPv4. */
function addressIn(text: string | undefined): string | undefined {
  // Most are, and each request asks.
  if (text === undefined || isIPv4(text)) return text;
  const bare =
    IPV4_WITH_PORT.exec(text)?.[1] ?? IN_BRACKETS.exec(text)?.[1] ?? text;
  const [address = ''] = bare.split('%', 1);
  // The library also takes `127.1`, `0x7f.1` and plain numbers for IPv4.
  if (
    !ipaddr.IPv6.isValid(address) &&
    !ipaddr.IPv4.isValidFourPartDecimal(address)
  )
    return undefined;
  return ipaddr.process(address).toString();
}
