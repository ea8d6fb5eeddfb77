import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import { Scope } from '../auth/scope.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import {
  toWrittenTenant,
  type WrittenTenantDto,
} from './dto/written-tenant.dto.js';

/** Shows a tenant that has been written only to callers who may read it: an empty change would read it without a trace. */
@Injectable()
export class WrittenTenantInterceptor implements NestInterceptor {
  intercept(
    context: ExecutionContext,
    next: CallHandler<TenantResponseDto>,
  ): Observable<TenantResponseDto | WrittenTenantDto> {
    const { apiPrincipal } = context.switchToHttp().getRequest<Request>();
    return apiPrincipal?.scopes.includes(Scope.TenantsRead)
      ? next.handle()
      : next.handle().pipe(map(toWrittenTenant));
  }
}
