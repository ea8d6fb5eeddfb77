import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { actAs } from '../audit/audit-context.js';
import { headerValues } from '../http/header-values.js';
import { API_ACCESS, type ApiAccessRule } from './api-access.js';
import { ApiRateLimiter } from './api-rate-limiter.js';
import {
  type ApiPrincipal,
  ApiTokensService,
} from './api-tokens/api-tokens.service.js';
import { InsufficientScopeError, UnauthenticatedError } from './auth.errors.js';

const BEARER = /^Bearer +(\S+)$/i;

/** Lets API tokens in; cookies mean nothing here. */
@Injectable()
export class ApiTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: ApiTokensService,
    private readonly limiter: ApiRateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const principal = await this.#authenticate(request);
    request.apiPrincipal = principal;
    actAs(`token:${principal.tokenId}`);
    await this.limiter.consume(principal.tokenId);
    const rule = this.reflector.get<ApiAccessRule | undefined>(
      API_ACCESS,
      context.getHandler(),
    );
    if (rule !== undefined && !isAllowed(principal, rule))
      throw new InsufficientScopeError(missingScope(principal, rule));
    return true;
  }

  async #authenticate(request: Request): Promise<ApiPrincipal> {
    // `headers.authorization` is the first of several; two of them mean that somebody in between was fooled.
    const [header, ...more] = headerValues(request, 'authorization');
    const token = BEARER.exec(header ?? '')?.[1];
    const principal =
      token !== undefined && more.length === 0
        ? await this.tokens.authenticate(token)
        : undefined;
    if (principal === undefined) throw new UnauthenticatedError();
    return principal;
  }
}

function missingScope(
  { scopes }: ApiPrincipal,
  { scope }: ApiAccessRule,
): string | undefined {
  return scopes.includes(scope) ? undefined : scope;
}

function isAllowed(
  { scopes, tenantId }: ApiPrincipal,
  { scope, unbound }: ApiAccessRule,
): boolean {
  return (
    scopes.includes(scope) && !(unbound === true && tenantId !== undefined)
  );
}
