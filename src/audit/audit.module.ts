import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { AuditTrail } from './audit-trail.js';
import { AuditRepository } from './audit.repository.js';

/** Global, because every change is put on record. */
@Global()
@Module({
  providers: [AuditRepository, AuditLog, AuditTrail],
  exports: [AuditLog, AuditRepository, AuditTrail],
})
export class AuditModule {}
