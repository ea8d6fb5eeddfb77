import type {
  AdminPrincipal,
  SessionSummary,
} from '../../../auth/sessions/admin-sessions.service.js';
import { isoOf } from '../../../common/iso-of.js';
import { browserName } from './browser-name.js';

export interface AccountPage {
  username: string;
  /** The one in use first. */
  sessions: SessionRow[];
  hasOthers: boolean;
}

interface SessionRow {
  handle: string;
  current: boolean;
  browser?: string;
  address: string | null;
  startedAt?: string;
  lastUsedAt?: string;
}

export function accountPage(
  { username }: AdminPrincipal,
  sessions: readonly SessionSummary[],
): AccountPage {
  return {
    username,
    sessions: sessions
      .toSorted((a, b) => Number(b.current) - Number(a.current))
      .map(toRow),
    hasOthers: sessions.some(({ current }) => !current),
  };
}

function toRow(session: SessionSummary): SessionRow {
  const { handle, current, address, userAgent } = session;
  return {
    handle,
    current,
    browser: browserName(userAgent),
    address,
    startedAt: isoOf(session.startedAt),
    lastUsedAt: isoOf(session.lastUsedAt),
  };
}
