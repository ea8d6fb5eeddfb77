import { Module } from '@nestjs/common';
import { AuditTrailCoreModule } from '../../audit-trail/audit-trail-core.module.js';
import { ImportsCoreModule } from '../../imports/imports-core.module.js';
import { TenantsCoreModule } from '../../tenants/tenants-core.module.js';
import { SignInModule } from '../../sign-in/sign-in.module.js';
import { AccountPagesController } from './account/account-pages.controller.js';
import { AdminPagesController } from './admins/admin-pages.controller.js';
import { AuditPagesController } from './audit/audit-pages.controller.js';
import { BinPagesController } from './bin/bin-pages.controller.js';
import { ExportPagesController } from './tenants/export-pages.controller.js';
import { ImportPagesController } from './imports/import-pages.controller.js';
import { BulkPagesController } from './tenants/bulk-pages.controller.js';
import { LanguageController } from './sign-in/language.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { TenantLifePagesController } from './tenants/tenant-life-pages.controller.js';
import { TenantListPagesController } from './tenants/tenant-list-pages.controller.js';
import { TenantPagesController } from './tenants/tenant-pages.controller.js';
import { TokenPagesController } from './tokens/token-pages.controller.js';

@Module({
  imports: [
    AuditTrailCoreModule,
    ImportsCoreModule,
    SignInModule,
    TenantsCoreModule,
  ],
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
})
export class DashboardModule {}
