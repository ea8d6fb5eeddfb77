import { ConfigError } from '../../config/config.error.js';

const MAX_LISTED = 10;

/** Turkish reasons why a database cannot be taken as it is, each with what to do about it. */
export interface DatabaseFault {
  reason: string;
  hint?: string;
}

/** @throws ConfigError with all of them, if there are any. */
export function refuseIfAny(faults: readonly DatabaseFault[]): void {
  if (faults.length > 0)
    throw new ConfigError(
      faults.map((fault) => ({ variable: 'DATABASE_URL', ...fault })),
    );
}

/** Names or ids for people, the first of them where there are many. */
export function listed(values: readonly (string | number)[]): string {
  const more = values.length - MAX_LISTED;
  const first = values.slice(0, MAX_LISTED).join(', ');
  return more > 0 ? `${first} ve ${more} tane daha` : first;
}
