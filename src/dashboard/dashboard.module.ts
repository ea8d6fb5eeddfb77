import { Module } from '@nestjs/common';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { AccountPagesController } from './account-pages.controller.js';
import { AdminPagesController } from './admin-pages.controller.js';
import { AuditNamesService } from './audit-names.service.js';
import { AuditPagesController } from './audit-pages.controller.js';
import { BulkPagesController } from './bulk-pages.controller.js';
import { BulkStatus } from './bulk-status.service.js';
import { LanguageController } from './language.controller.js';
import { SignInController } from './sign-in.controller.js';
import { TenantHistory } from './tenant-history.service.js';
import { TenantLifePagesController } from './tenant-life-pages.controller.js';
import { TenantListPagesController } from './tenant-list-pages.controller.js';
import { TenantPagesController } from './tenant-pages.controller.js';
import { TokenPagesController } from './token-pages.controller.js';

@Module({
  imports: [TenantsModule, SignInModule],
  controllers: [
    SignInController,
    LanguageController,
    TenantListPagesController,
    BulkPagesController,
    TenantPagesController,
    TenantLifePagesController,
    AccountPagesController,
    AdminPagesController,
    TokenPagesController,
    AuditPagesController,
  ],
  providers: [BulkStatus, AuditNamesService, TenantHistory],
})
export class DashboardModule {}
