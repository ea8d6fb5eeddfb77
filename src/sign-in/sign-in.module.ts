import { Module } from '@nestjs/common';
import { TenantAuthModule } from '../tenant-auth/tenant-auth.module.js';
import { TenantsCoreModule } from '../tenants/tenants-core.module.js';
import { AccountsService } from './accounts.service.js';
import { SignInService } from './sign-in.service.js';

/** Where admins and tenants meet: above `auth` and `tenant-auth`, which do not know of each other's accounts. */
@Module({
  imports: [TenantAuthModule, TenantsCoreModule],
  providers: [AccountsService, SignInService],
  exports: [SignInService, TenantAuthModule],
})
export class SignInModule {}
