import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { AuditTrailModule } from './audit-trail/audit-trail.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import type { Role } from './config/role.js';
import { DatabaseModule } from './database/database.module.js';
import { UnmatchedModule } from './fallback/unmatched.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpErrorFilter } from './http/errors/http-error.filter.js';
import { HttpModule } from './http/http.module.js';
import { ValidationPipe } from './http/validation.pipe.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { ImportsCoreModule } from './imports/imports-core.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { JobsWorkerModule } from './jobs/jobs-worker.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { KeysModule } from './keys/keys.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { DashboardModule } from './pages/dashboard/dashboard.module.js';
import { PanelModule } from './pages/panel/panel.module.js';
import { SCHEMA } from './schema/schema.js';
import { SecurityModule } from './security/security.module.js';
import { TenantsModule } from './tenants/tenants.module.js';

/** Routes are tried in the order of the modules: the one that takes what nobody else took comes last. */
const MODULES: Record<Role, Type[]> = {
  receptionist: [],
  worker: [JobsWorkerModule, ImportsCoreModule],
  web: [
    AuditTrailModule,
    ImportsModule,
    TenantsModule,
    DashboardModule,
    PanelModule,
    UnmatchedModule,
  ],
};

/** What every process needs, and what these roles do. The operator's commands have no role. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig, roles: readonly Role[]): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(SCHEMA),
        // Asked most often.
        HealthModule,
        HttpModule,
        SecurityModule,
        MaintenanceModule,
        AuditModule,
        AuthModule,
        IdempotencyModule,
        JobsModule,
        KeysModule,
        ...modulesOf(roles),
      ],
      providers: [
        { provide: APP_FILTER, useClass: HttpErrorFilter },
        { provide: APP_PIPE, useClass: ValidationPipe },
      ],
    };
  }
}

function modulesOf(roles: readonly Role[]): Type[] {
  return Object.entries(MODULES).flatMap(([role, modules]) =>
    roles.some((one) => one === role) ? modules : [],
  );
}
