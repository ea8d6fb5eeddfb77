import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { TenantsCoreModule } from '../tenants/tenants-core.module.js';
import { ImportCancellation } from './import-cancellation.service.js';
import { ImportCourse } from './import-course.js';
import { ImportIntake } from './import-intake.js';
import { ImportReceiver } from './import-receiver.js';
import { ImportRowsRepository } from './import-rows.repository.js';
import { ImportWorker } from './import-worker.js';
import { ImportsCleaner } from './imports.cleaner.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsRunner } from './imports.runner.js';
import { ImportsService } from './imports.service.js';
import { RemoveOldImports } from './remove-old-imports.js';
import { RowApplier } from './row-applier.js';
import { TenantImportRow } from './tenant-import-row.entity.js';
import { TenantImport } from './tenant-import.entity.js';

/** Everything about imports but their routes. */
@Module({
  imports: [
    TenantsCoreModule,
    TypeOrmModule.forFeature([TenantImport, TenantImportRow], READER),
  ],
  providers: [
    ImportsService,
    ImportsRunner,
    ImportsCleaner,
    RemoveOldImports,
    ImportReceiver,
    ImportIntake,
    ImportCourse,
    ImportCancellation,
    ImportWorker,
    RowApplier,
    ImportsRepository,
    ImportRowsRepository,
  ],
  exports: [ImportsService, ImportsRunner, ImportCancellation],
})
export class ImportsCoreModule {}
