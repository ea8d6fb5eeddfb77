import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ImportsCoreModule } from './imports-core.module.js';
import { ImportsRunner } from './imports.runner.js';

@Module({ imports: [ImportsCoreModule] })
export class ImportsWorkerModule implements OnApplicationBootstrap {
  constructor(private readonly runner: ImportsRunner) {}

  onApplicationBootstrap(): void {
    this.runner.start();
  }
}
