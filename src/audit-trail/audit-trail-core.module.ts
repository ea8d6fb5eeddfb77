import { Module } from '@nestjs/common';
import { TenantsCoreModule } from '../tenants/tenants-core.module.js';
import { AuditNamesService } from './audit-names.service.js';
import { AuditVerifier } from './audit-verifier.service.js';
import { AuditService } from './audit.service.js';
import { TenantHistoryService } from './tenant-history.service.js';

/** Reading what was put on record. */
@Module({
  imports: [TenantsCoreModule],
  providers: [
    AuditService,
    AuditVerifier,
    AuditNamesService,
    TenantHistoryService,
  ],
  exports: [
    AuditService,
    AuditVerifier,
    AuditNamesService,
    TenantHistoryService,
  ],
})
export class AuditTrailCoreModule {}
