import { Module } from '@nestjs/common';
import { TenantAuthModule } from '../../tenant-auth/tenant-auth.module.js';
import { TenantsModule } from '../../tenants/tenants.module.js';
import { PanelAccountController } from './panel-account.controller.js';
import { PanelController } from './panel.controller.js';

@Module({
  imports: [TenantAuthModule, TenantsModule],
  controllers: [PanelController, PanelAccountController],
})
export class PanelModule {}
