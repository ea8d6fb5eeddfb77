import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { TenantAccountsRepository } from './accounts/tenant-accounts.repository.js';
import { TenantAccountsService } from './accounts/tenant-accounts.service.js';
import { DeletedTenant } from './bin/deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './bin/deleted-tenants.repository.js';
import { PurgeBin } from './bin/purge-bin.js';
import { TenantBinController } from './bin/tenant-bin.controller.js';
import { TenantBinService } from './bin/tenant-bin.service.js';
import { TenantPurger } from './bin/tenant-purger.js';
import { TenantStatusController } from './tenant-status.controller.js';
import { TenantStatusService } from './tenant-status.service.js';
import { TenantIndex } from './search/tenant-index.js';
import { TenantListRepository } from './search/tenant-list.repository.js';
import { TenantListService } from './search/tenant-list.service.js';
import { TenantsOverviewRepository } from './overview/tenants-overview.repository.js';
import { TenantsOverviewService } from './overview/tenants-overview.service.js';
import { Tenant } from './tenant.entity.js';
import { ExportsController } from './exports/exports.controller.js';
import { ExportsService } from './exports/exports.service.js';
import { ImportBatchWriter } from '../imports/import-batch-writer.js';
import { ImportCancellation } from '../imports/import-cancellation.service.js';
import { ImportCourse } from '../imports/import-course.js';
import { ImportIntake } from '../imports/import-intake.js';
import { ImportLease } from '../imports/import-lease.js';
import { ImportReceiver } from '../imports/import-receiver.js';
import { ImportRowsRepository } from '../imports/import-rows.repository.js';
import { ImportWorker } from '../imports/import-worker.js';
import { ImportsCleaner } from '../imports/imports.cleaner.js';
import { ImportsController } from '../imports/imports.controller.js';
import { ImportsRepository } from '../imports/imports.repository.js';
import { ImportsRunner } from '../imports/imports.runner.js';
import { ImportsService } from '../imports/imports.service.js';
import { RemoveOldImports } from '../imports/remove-old-imports.js';
import { RowApplier } from '../imports/row-applier.js';
import { RowPreparer } from '../imports/row-preparer.js';
import { TenantImportRow } from '../imports/tenant-import-row.entity.js';
import { TenantImport } from '../imports/tenant-import.entity.js';
import { TenantReader } from './tenant-reader.js';
import { TenantCreator } from './tenant-creator.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

const SEARCH = [TenantIndex, TenantListRepository, TenantListService];
const OVERVIEW = [TenantsOverviewRepository, TenantsOverviewService];
const ACCOUNTS = [TenantAccountsService, TenantAccountsRepository];
const BIN = [
  TenantBinService,
  TenantPurger,
  DeletedTenantsRepository,
  PurgeBin,
];
const IMPORTS = [
  ImportsService,
  ImportsRunner,
  ImportsCleaner,
  RemoveOldImports,
  ImportReceiver,
  ImportIntake,
  ImportBatchWriter,
  ImportLease,
  ImportCourse,
  ImportCancellation,
  ImportWorker,
  RowPreparer,
  RowApplier,
  ImportsRepository,
  ImportRowsRepository,
];

/** One module, because the order of its controllers matters: their paths share a prefix. */
@Module({
  imports: [
    TypeOrmModule.forFeature(
      [Tenant, DeletedTenant, TenantImport, TenantImportRow],
      READER,
    ),
  ],
  // The fixed paths come first: `:id` would take them.
  controllers: [
    TenantBinController,
    ImportsController,
    ExportsController,
    TenantsController,
    TenantStatusController,
  ],
  providers: [
    TenantsService,
    TenantCreator,
    TenantsRepository,
    TenantReader,
    TenantStatusService,
    ExportsService,
    ...SEARCH,
    ...OVERVIEW,
    ...ACCOUNTS,
    ...BIN,
    ...IMPORTS,
  ],
  exports: [
    TenantsService,
    TenantAccountsService,
    TenantListService,
    TenantsOverviewService,
    TenantStatusService,
    TenantBinService,
    ImportsService,
    ImportCancellation,
    ExportsService,
  ],
})
export class TenantsModule {}
