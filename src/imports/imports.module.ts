import { Module } from '@nestjs/common';
import { ImportsCoreModule } from './imports-core.module.js';
import { ImportsController } from './imports.controller.js';

@Module({
  imports: [ImportsCoreModule],
  controllers: [ImportsController],
})
export class ImportsModule {}
