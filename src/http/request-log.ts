import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { contextOf } from './request-context.js';

/** One line for each request, by allow-list: never body, headers, query string, or the path that was asked for. */
export function requestLog(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const begun = performance.now();
    // Comes once for every answer, sent in full or broken off.
    response.once('close', () => {
      logger[levelFor(response.statusCode)](
        entry(request, response, performance.now() - begun),
      );
    });
    next();
  };
}

/** What is wrong with 503 is said in a line of its own. */
function levelFor(status: number): 'error' | 'warn' | 'info' {
  if (status < 500) return 'info';
  return status === 503 ? 'warn' : 'error';
}

function entry(request: Request, response: Response, ms: number): object {
  return {
    request_id: contextOf(response).requestId,
    method: request.method,
    route: routePattern(request),
    status: response.statusCode,
    ms: Math.round(ms),
    ...(!response.writableFinished && { aborted: true }),
    ...actor(request),
    msg: 'request',
  };
}

function routePattern(request: Request): string {
  // Express does not type `route`; it is set once a handler has been found.
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'none';
}

function actor({ apiPrincipal, admin, tenant }: Request): { actor?: string } {
  if (apiPrincipal !== undefined)
    return { actor: `token:${apiPrincipal.tokenId}` };
  if (tenant !== undefined) return { actor: `tenant:${tenant.id}` };
  return admin === undefined ? {} : { actor: `admin:${admin.id}` };
}
