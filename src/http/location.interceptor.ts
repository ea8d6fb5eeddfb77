import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';

const LOCATION = Symbol('location');

type PathOf<T> = (body: T) => string;

/** Where the record that a handler answers with is found. Needs `LocationInterceptor`. */
export function LocatedAt<T>(path: PathOf<T>): MethodDecorator {
  return SetMetadata(LOCATION, path);
}

/** Sets `Location`; around what replays answers, so that these have it too. */
@Injectable()
export class LocationInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const path = this.reflector.get<PathOf<unknown> | undefined>(
      LOCATION,
      context.getHandler(),
    );
    if (path === undefined) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    return next
      .handle()
      .pipe(tap((body: unknown) => response.location(path(body))));
  }
}
