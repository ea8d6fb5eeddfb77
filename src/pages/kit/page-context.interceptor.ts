import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { takeFlash } from './flash.js';

/** Gives every page what the layout shows, by name. A request body never gets here. */
@Injectable()
export class PageContextInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    response.locals.back = request.originalUrl;
    if (request.method === 'GET')
      response.locals.flash = takeFlash(request, response);
    return next.handle();
  }
}
