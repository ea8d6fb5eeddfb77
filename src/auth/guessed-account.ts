import { hash } from 'node:crypto';
import type { SessionKind } from './sessions/session-kind.js';

/** An account that somebody tries to open. */
export interface GuessedAccount {
  kind: SessionKind;
  id: number;
  passwordHash: string;
}

/**
 * The account's name among counters: its kind and id, never what was typed. A new password begins with new counters,
 * whichever process has set it.
 */
export function counterKey({ kind, id, passwordHash }: GuessedAccount): string {
  return `${kind}:${id}:${hash('sha256', passwordHash).slice(0, 16)}`;
}
