import { Module } from '@nestjs/common';
import { TenantsCoreModule } from '../../tenants/tenants-core.module.js';
import { TenantAuthModule } from '../../tenant-auth/tenant-auth.module.js';
import { PanelAccountController } from './panel-account.controller.js';
import { PanelController } from './panel.controller.js';

@Module({
  imports: [TenantAuthModule, TenantsCoreModule],
  controllers: [PanelController, PanelAccountController],
})
export class PanelModule {}
