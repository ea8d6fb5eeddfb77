import type { Request } from 'express';
import {
  MethodNotAllowedError,
  RouteNotFoundError,
} from '../common/errors/common.errors.js';
import type { DomainError } from '../common/errors/domain.error.js';

/** The part of Express's router that tells which routes match a path. */
interface RouterLayer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean> };
}

/** What to answer when no handler took a request: the path may exist for other methods. */
export function unmatchedRoute(request: Request): DomainError {
  // Express does not type its router's stack.
  const { stack } = request.app.router as unknown as { stack: RouterLayer[] };
  const methods = stack
    // Only a route for all methods handles TRACE: a fallback like the one that asks.
    .filter(
      (layer) =>
        layer.route !== undefined &&
        layer.route.methods.trace !== true &&
        layer.match(request.path),
    )
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}))
    .map((method) => method.toUpperCase());
  const allowed = new Set(
    methods.includes('GET') ? [...methods, 'HEAD'] : methods,
  );
  return allowed.size > 0
    ? new MethodNotAllowedError([...allowed].toSorted())
    : new RouteNotFoundError();
}
