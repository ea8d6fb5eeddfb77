import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { Tenant } from './tenant.entity.js';
import { TenantCreator } from './tenant-creator.js';
import { TenantsController } from './tenants.controller.js';
import { TenantsRepository } from './tenants.repository.js';
import { TenantsService } from './tenants.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Tenant], READER)],
  controllers: [TenantsController],
  providers: [TenantsService, TenantCreator, TenantsRepository],
  exports: [TenantsService],
})
export class TenantsModule {}
