import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { lastValueFrom, type Observable, of } from 'rxjs';
import {
  RouteNotFoundError,
  ValidationFailedError,
} from '../common/errors/common.errors.js';
import type { DomainError } from '../common/errors/domain.error.js';
import { headerValues } from '../http/header-values.js';
import { bodyIfAny } from '../http/json-body.js';
import { digestOf } from './body-digest.js';
import { IdempotencyService } from './idempotency.service.js';

/** Metadata key of the largest body of a handler that reads it piece by piece. */
export const STREAMED_BODY = Symbol('streamed body');
/** Metadata key of the error that a handler's repeated call meets when what it had made is gone for good. */
export const GONE = Symbol('gone');

const HEADER = 'idempotency-key';
const WELL_FORMED = /^[\x21-\x7E]{1,255}$/;

/** Answers a repeated POST with the answer of the first one, where the caller names it by an `Idempotency-Key`. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly reflector: Reflector,
  ) {}

  async intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = keyOf(request);
    if (key === undefined) return next.handle();
    const streamedBytes = this.reflector.get<number | undefined>(
      STREAMED_BODY,
      context.getHandler(),
    );
    const { body, replayed } = await this.idempotency.once(
      this.idempotency.describe(request.apiPrincipal?.tokenId ?? '', key, [
        request.method,
        request.originalUrl.replace(/\/(?=$|\?)/, ''),
        streamedBytes === undefined
          ? (JSON.stringify(bodyIfAny(request)) ?? '')
          : '',
      ]),
      () => lastValueFrom(next.handle()),
      streamedBytes === undefined
        ? undefined
        : () => digestOf(request, streamedBytes),
    );
    if (body === undefined && replayed) throw this.#goneError(context);
    const response = context.switchToHttp().getResponse<Response>();
    if (replayed) response.set('Idempotency-Replayed', 'true');
    return of(body);
  }

  #goneError(context: ExecutionContext): DomainError {
    const Gone =
      this.reflector.get<(new () => DomainError) | undefined>(
        GONE,
        context.getHandler(),
      ) ?? RouteNotFoundError;
    return new Gone();
  }
}

/** @throws ValidationFailedError when there are two, or one that cannot be a key. */
function keyOf(request: Request): string | undefined {
  const [key, ...more] = headerValues(request, HEADER);
  if (key === undefined) return undefined;
  if (more.length > 0 || !WELL_FORMED.test(key))
    throw new ValidationFailedError([
      { pointer: `/${HEADER}`, code: 'INVALID_FORMAT' },
    ]);
  return key;
}
