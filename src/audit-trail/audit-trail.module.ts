import { Module } from '@nestjs/common';
import { AuditTrailCoreModule } from './audit-trail-core.module.js';
import { AuditController } from './audit.controller.js';

@Module({
  imports: [AuditTrailCoreModule],
  controllers: [AuditController],
})
export class AuditTrailModule {}
