import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { callerOf } from './caller-of.js';
import { LongAnswers } from './long-answers.js';

@Injectable()
class LongAnswerInterceptor implements NestInterceptor {
  constructor(private readonly answers: LongAnswers) {}

  async intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const response = http.getResponse<Response>();
    const end = await this.answers.begin(callerOf(http.getRequest<Request>()));
    // Sent in full, or broken off; while it waited, too.
    if (response.destroyed) end();
    else response.once('close', end);
    return next.handle();
  }
}

/** Of an answer whose size the stored data decides: it begins when there is room for one more of them. */
export function LongAnswer(): MethodDecorator {
  return UseInterceptors(LongAnswerInterceptor);
}
