import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { TenantIndex } from './search/tenant-index.js';
import { TenantListRepository } from './search/tenant-list.repository.js';
import { TenantListService } from './search/tenant-list.service.js';
import { TenantsOverviewRepository } from './overview/tenants-overview.repository.js';
import { TenantsOverviewService } from './overview/tenants-overview.service.js';
import { Tenant } from './tenant.entity.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Tenant], READER)],
  controllers: [TenantsController],
  providers: [
    TenantsService,
    TenantsRepository,
    TenantIndex,
    TenantListRepository,
    TenantListService,
    TenantsOverviewRepository,
    TenantsOverviewService,
  ],
  exports: [TenantsService, TenantListService, TenantsOverviewService],
})
export class TenantsModule {}
