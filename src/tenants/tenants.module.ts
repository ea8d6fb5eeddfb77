import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { Tenant } from './tenant.entity.js';
import { ExportsController } from './exports/exports.controller.js';
import { ExportsService } from './exports/exports.service.js';
import { ImportBatchWriter } from './imports/import-batch-writer.js';
import { ImportReceiver } from './imports/import-receiver.js';
import { ImportRowsRepository } from './imports/import-rows.repository.js';
import { ImportWorker } from './imports/import-worker.js';
import { ImportsCleaner } from './imports/imports.cleaner.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ImportsRunner } from './imports/imports.runner.js';
import { ImportsService } from './imports/imports.service.js';
import { RowApplier } from './imports/row-applier.js';
import { RowPreparer } from './imports/row-preparer.js';
import { TenantImportRow } from './imports/tenant-import-row.entity.js';
import { TenantImport } from './imports/tenant-import.entity.js';
import { TenantCreator } from './tenant-creator.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Tenant, TenantImport, TenantImportRow], READER),
  ],
  // The fixed paths come first: `:id` would take them.
  controllers: [ImportsController, ExportsController, TenantsController],
  providers: [
    TenantsService,
    TenantCreator,
    TenantsRepository,
    ExportsService,
    ImportsService,
    ImportsRunner,
    ImportsCleaner,
    ImportReceiver,
    ImportBatchWriter,
    ImportWorker,
    RowPreparer,
    RowApplier,
    ImportsRepository,
    ImportRowsRepository,
  ],
  exports: [TenantsService, ExportsService, ImportsService, ImportsCleaner],
})
export class TenantsModule {}
