/**
 * A rule over rows that may be added or taken away by others ("one admin can sign in") is not kept by holding on to the rows that
 * were read: whoever relies on it names its lock. The numbers are what a database knows the locks by; none is ever used again.
 */
export const LOCKS = {
  /** A name is one account's, and one admin is active. */
  accounts: 1,
  /** How many imports are under way, what state they are in, and the ids of their rows. */
  imports: 2,
  /** Which encryption keys are in use, and which is the newest. */
  encryptionKeys: 3,
  /** What is purged because of its age. */
  purge: 4,
  /** How much time has been seen to pass. */
  clock: 5,
} as const;

export type LockName = keyof typeof LOCKS;
