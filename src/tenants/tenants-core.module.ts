import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { TenantAccountsRepository } from './accounts/tenant-accounts.repository.js';
import { TenantAccountsService } from './accounts/tenant-accounts.service.js';
import { DeletedTenant } from './bin/deleted-tenant.entity.js';
import { DeletedTenantsRepository } from './bin/deleted-tenants.repository.js';
import { PurgeBin } from './bin/purge-bin.js';
import { TenantBinService } from './bin/tenant-bin.service.js';
import { TenantPurger } from './bin/tenant-purger.js';
import { TenantStatusService } from './tenant-status.service.js';
import { TenantIndex } from './search/tenant-index.js';
import { TenantListRepository } from './search/tenant-list.repository.js';
import { TenantListService } from './search/tenant-list.service.js';
import { TenantsOverviewRepository } from './overview/tenants-overview.repository.js';
import { TenantsOverviewService } from './overview/tenants-overview.service.js';
import { Tenant } from './tenant.entity.js';
import { ExportsService } from './exports/exports.service.js';
import { TenantReader } from './tenant-reader.js';
import { TenantCreator } from './tenant-creator.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';
import { BulkStatusService } from './bulk-status.service.js';

const SEARCH = [TenantIndex, TenantListRepository, TenantListService];
const OVERVIEW = [TenantsOverviewRepository, TenantsOverviewService];
const ACCOUNTS = [TenantAccountsService, TenantAccountsRepository];
const BIN = [
  TenantBinService,
  TenantPurger,
  DeletedTenantsRepository,
  PurgeBin,
];

/** Everything about tenants but their routes. */
@Module({
  imports: [TypeOrmModule.forFeature([Tenant, DeletedTenant], READER)],
  providers: [
    TenantsService,
    TenantCreator,
    TenantsRepository,
    TenantReader,
    TenantStatusService,
    BulkStatusService,
    ExportsService,
    ...SEARCH,
    ...OVERVIEW,
    ...ACCOUNTS,
    ...BIN,
  ],
  exports: [
    TenantsService,
    TenantCreator,
    TenantPurger,
    TenantAccountsService,
    TenantListService,
    TenantsOverviewService,
    TenantStatusService,
    BulkStatusService,
    TenantBinService,
    ExportsService,
  ],
})
export class TenantsCoreModule {}
