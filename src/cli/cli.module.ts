import { type DynamicModule, Module } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { AuditTrailCoreModule } from '../audit-trail/audit-trail-core.module.js';
import type { AppConfig } from '../config/app-config.js';
import { ImportsCoreModule } from '../imports/imports-core.module.js';

/** The services that commands use; nothing runs in the background. */
@Module({})
export class CliModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: CliModule,
      imports: [
        AppModule.forRoot(config, []),
        AuditTrailCoreModule,
        ImportsCoreModule,
      ],
    };
  }
}
