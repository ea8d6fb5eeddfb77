import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import { Scope } from '../auth/scope.js';
import { CancelledImportDto } from './dto/cancelled-import.dto.js';
import type { ImportResponseDto } from './dto/import-response.dto.js';

/** Shows what an import has come to only to callers who may read: how many lines have failed tells which names there are. */
@Injectable()
export class CancelledImportInterceptor implements NestInterceptor {
  intercept(
    context: ExecutionContext,
    next: CallHandler<ImportResponseDto>,
  ): Observable<ImportResponseDto | CancelledImportDto> {
    const { apiPrincipal } = context.switchToHttp().getRequest<Request>();
    return apiPrincipal?.scopes.includes(Scope.TenantsRead)
      ? next.handle()
      : next.handle().pipe(map(({ id, state }) => ({ id, state })));
  }
}
