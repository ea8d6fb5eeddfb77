import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { HttpErrorFilter } from './http/errors/http-error.filter.js';
import { HttpModule } from './http/http.module.js';
import { ValidationPipe } from './http/validation.pipe.js';
import type { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import { DashboardModule } from './pages/dashboard/dashboard.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { KeysModule } from './keys/keys.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { SecurityModule } from './security/security.module.js';
import { PanelModule } from './pages/panel/panel.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { UnmatchedModule } from './fallback/unmatched.module.js';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule,
        // Asked most often, and routes are tried in the order of the modules.
        HealthModule,
        HttpModule,
        SecurityModule,
        MaintenanceModule,
        AuditModule,
        AuthModule,
        IdempotencyModule,
        TenantsModule,
        KeysModule,
        DashboardModule,
        PanelModule,
        UnmatchedModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: HttpErrorFilter },
        { provide: APP_PIPE, useClass: ValidationPipe },
      ],
    };
  }
}
