import { Module } from '@nestjs/common';
import { TenantsModule } from '../tenants/tenants.module.js';
import { LanguageController } from './language.controller.js';
import { SignInController } from './sign-in.controller.js';
import { TenantPagesController } from './tenant-pages.controller.js';

@Module({
  imports: [TenantsModule],
  controllers: [SignInController, LanguageController, TenantPagesController],
})
export class DashboardModule {}
