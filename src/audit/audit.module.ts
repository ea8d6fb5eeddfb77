import { Global, Module } from '@nestjs/common';
import { AuditController } from '../audit-trail/audit.controller.js';
import { AuditLog } from './audit-log.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from '../audit-trail/audit.service.js';
import { AuditTrail } from './audit-trail.js';
import { AuditVerifier } from '../audit-trail/audit-verifier.service.js';

/** Global, because every change is put on record. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [
    AuditRepository,
    AuditLog,
    AuditService,
    AuditTrail,
    AuditVerifier,
  ],
  exports: [AuditLog, AuditRepository, AuditService, AuditTrail, AuditVerifier],
})
export class AuditModule {}
