import { All, Controller, Get, Req, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import {
  HealthCheck,
  HealthCheckService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import type { Request } from 'express';
import { unmatchedRoute } from '../http/unmatched-route.js';
import { AuditHealth } from './audit-health.js';
import type { LiveDto } from './health.dto.js';
import { DescribeLive, DescribeReady } from './health.openapi.js';
import { HealthService } from './health.service.js';
import { NotReadyFilter } from './not-ready.filter.js';

@ApiTags('health')
@Controller('health')
@UseFilters(NotReadyFilter)
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly health: HealthService,
    private readonly audit: AuditHealth,
  ) {}

  @Get()
  @DescribeLive('getHealth')
  up(): LiveDto {
    return { status: 'ok' };
  }

  /** The process works. Never touches the database, so that an outage there restarts nothing here. */
  @Get('live')
  @DescribeLive('getLiveness')
  live(): LiveDto {
    return { status: 'ok' };
  }

  /** The instance may be given requests. */
  @Get('ready')
  @HealthCheck({ swaggerDocumentation: false })
  @DescribeReady()
  ready(): Promise<HealthCheckResult> {
    return this.checks.check([
      () => this.health.draining(),
      () => this.health.database(),
      () => this.health.migrations(),
      () => this.health.encryptionKey(),
      () => this.audit.check(),
    ]);
  }

  @All(['', '*path'])
  @ApiExcludeEndpoint()
  unmatched(@Req() request: Request): never {
    throw unmatchedRoute(request);
  }
}
