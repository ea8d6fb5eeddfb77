import type { Request } from 'express';

/** Where a session is used from. */
export interface SessionClient {
  address: string;
  userAgent: string | null;
}

const LONGEST_ADDRESS = 64;
const LONGEST_USER_AGENT = 255;

export function clientOf({ ip, headers }: Request): SessionClient {
  return {
    address: (ip ?? '').slice(0, LONGEST_ADDRESS),
    userAgent: headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
  };
}
