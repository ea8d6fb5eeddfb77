/** Whose session: each kind has a cookie of its own. */
export type SessionKind = 'admin' | 'tenant';
