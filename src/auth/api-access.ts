import type { Scope } from './scope.js';

/** Metadata key of a handler's `ApiAccessRule`. */
export const API_ACCESS = Symbol('api access');

export interface ApiAccessRule {
  scope: Scope;
  /** Only for tokens that are not bound to one tenant. */
  unbound?: boolean;
}
