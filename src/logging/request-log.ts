import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { contextOf } from '../common/http/request-context.js';

/** One line for each request, by allow-list: never body, headers, query string, or the path that was asked for. */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (_request, response) => contextOf(response as Response).requestId,
    customAttributeKeys: { reqId: 'request_id' },
    customLogLevel: (_request, response, error) =>
      error !== undefined || response.statusCode >= 500 ? 'error' : 'info',
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: (request, response, value: { responseTime: number }) =>
      entry(request, response, value),
    customErrorObject: (
      request,
      response,
      _error,
      value: { responseTime: number },
    ) => entry(request, response, value),
  });
}

function entry(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { responseTime }: { responseTime: number },
): object {
  // Both are Express's, which extends Node's.
  const [request, response] = [incoming as Request, outgoing as Response];
  return {
    method: request.method,
    route: routePattern(request),
    status: response.statusCode,
    ms: responseTime,
    ...(!response.writableEnded && { aborted: true }),
    ...actor(request),
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
