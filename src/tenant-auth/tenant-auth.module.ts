import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { TenantsCoreModule } from '../tenants/tenants-core.module.js';
import { TenantSession } from './sessions/tenant-session.entity.js';
import { TenantSessionsRepository } from './sessions/tenant-sessions.repository.js';
import { TenantSessionsService } from './sessions/tenant-sessions.service.js';
import { TenantPasswordChangeService } from './tenant-password-change.service.js';

/** Tenants' own sign-ins. Apart from `auth`, which knows nothing of tenants. */
@Module({
  imports: [
    TypeOrmModule.forFeature([TenantSession], READER),
    TenantsCoreModule,
  ],
  providers: [
    TenantSessionsRepository,
    TenantSessionsService,
    TenantPasswordChangeService,
  ],
  exports: [TenantSessionsService, TenantPasswordChangeService],
})
export class TenantAuthModule {}
