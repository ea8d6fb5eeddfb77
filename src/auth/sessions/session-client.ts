import type { Request } from 'express';
import { clientAddress } from '../../http/client-address.js';

/** Where a session is used from. */
export interface SessionClient {
  address: string;
  userAgent: string | null;
}

const MAX_USER_AGENT_LENGTH = 255;

export function clientOf(request: Request): SessionClient {
  return {
    address: clientAddress(request) ?? '',
    userAgent:
      request.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
  };
}
