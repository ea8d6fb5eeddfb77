import type { RequestHandler } from 'express';
import type { HealthService } from './health.service.js';

/**
 * Ends each connection with its next answer once the instance is leaving: a client that keeps a busy connection
 * alive would otherwise be served on it, and hold the shutdown up, until the process is cut off.
 */
export function closeWhenDraining(health: HealthService): RequestHandler {
  return (_request, response, next) => {
    if (health.isDraining) response.set('Connection', 'close');
    next();
  };
}
