import type { TenantPrincipal } from './sessions/tenant-sessions.service.js';

declare global {
  // Express is extended by merging into its namespace.
  namespace Express {
    interface Request {
      /** Set by `TenantPageGuard`. */
      tenant?: TenantPrincipal;
    }
  }
}
