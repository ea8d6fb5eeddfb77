import type { Request } from 'express';
import { clientAddress } from '../../http/client-address.js';

/** Where a session is used from. */
export interface SessionClient {
  address: string;
  userAgent: string | null;
}

const LONGEST_USER_AGENT = 255;

export function clientOf(request: Request): SessionClient {
  return {
    address: clientAddress(request) ?? '',
    userAgent:
      request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
  };
}
