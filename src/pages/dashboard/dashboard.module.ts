import { Module } from '@nestjs/common';
import { SignInModule } from '../../sign-in/sign-in.module.js';
import { TenantsModule } from '../../tenants/tenants.module.js';
import { AccountPagesController } from './account/account-pages.controller.js';
import { AdminPagesController } from './admins/admin-pages.controller.js';
import { AuditNamesService } from '../../audit-trail/audit-names.service.js';
import { AuditPagesController } from './audit/audit-pages.controller.js';
import { BinPagesController } from './bin/bin-pages.controller.js';
import { ExportPagesController } from './tenants/export-pages.controller.js';
import { ImportPagesController } from './imports/import-pages.controller.js';
import { BulkPagesController } from './tenants/bulk-pages.controller.js';
import { BulkStatus } from '../../tenants/bulk-status.service.js';
import { LanguageController } from './sign-in/language.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { TenantHistory } from '../../audit-trail/tenant-history.service.js';
import { TenantLifePagesController } from './tenants/tenant-life-pages.controller.js';
import { TenantListPagesController } from './tenants/tenant-list-pages.controller.js';
import { TenantPagesController } from './tenants/tenant-pages.controller.js';
import { TokenPagesController } from './tokens/token-pages.controller.js';

@Module({
  imports: [TenantsModule, SignInModule],
  controllers: [
    SignInController,
    LanguageController,
    TenantListPagesController,
    BulkPagesController,
    ExportPagesController,
    TenantPagesController,
    TenantLifePagesController,
    BinPagesController,
    ImportPagesController,
    AccountPagesController,
    AdminPagesController,
    TokenPagesController,
    AuditPagesController,
  ],
  providers: [BulkStatus, AuditNamesService, TenantHistory],
})
export class DashboardModule {}
