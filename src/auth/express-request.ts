import type { AdminPrincipal } from './sessions/admin-sessions.service.js';
import type { ApiPrincipal } from './api-tokens/api-tokens.service.js';

declare global {
  // Express is extended by merging into its namespace.
  namespace Express {
    interface Request {
      /** Set by `ApiTokenGuard`. */
      apiPrincipal?: ApiPrincipal;
      /** Set by `AdminPageGuard`. */
      admin?: AdminPrincipal;
    }
  }
}
