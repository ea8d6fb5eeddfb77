import { copyFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiTokensService } from '../../src/auth/api-tokens/api-tokens.service.js';
import { Scope } from '../../src/auth/scope.js';
import { AppConfig } from '../../src/config/app-config.js';
import { loadConfig } from '../../src/config/load-config.js';
import { recordEncryptingKey } from '../../src/keys/key-checks.js';
import { TransactionRunner } from '../../src/database/transaction-runner.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { createApp } from '../../src/create-app.js';
import { createLogger } from '../../src/logging/logger.js';
import { prepareDatabase } from '../../src/startup/prepare-database.js';
import { TEST_ENCRYPTION_KEY, TEST_SECRET_KEY } from './service.js';
import { makeWorkspace, removeWorkspace } from './workspace.js';

export interface TestAppOptions {
  env?: Record<string, string>;
  /** bcrypt's work factor: low, because nearly every test hashes passwords. */
  hashCost?: number;
  /** A database to start from. */
  database?: string;
}

/** The whole application in this process, on a migrated database of its own, listening on 127.0.0.1. */
export class TestApp {
  private constructor(
    readonly nest: NestExpressApplication,
    readonly url: string,
    readonly databaseFile: string,
    private readonly folder: string,
  ) {}

  static async start({
    env = {},
    database,
    hashCost = 4,
  }: TestAppOptions = {}): Promise<TestApp> {
    const folder = makeWorkspace();
    const file = join(folder, 'test.db');
    if (database !== undefined) copyFileSync(database, file);
    const settings = loadConfig({
      DATABASE_URL: `sqlite:///${file}`,
      ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
      SECRET_KEY: TEST_SECRET_KEY,
      LOG_LEVEL: 'silent',
      ...env,
    });
    const config = new AppConfig({ ...settings, hashCost });
    await prepareDatabase(config, () => undefined);
    const nest = await createApp(config, createLogger(config.logLevel));
    await nest
      .get(TransactionRunner)
      .run((manager) => recordEncryptingKey(manager, nest.get(KeyRing)));
    await nest.listen(0, '127.0.0.1');
    const { port } = nest.getHttpServer().address() as AddressInfo;
    return new TestApp(nest, `http://127.0.0.1:${port}`, file, folder);
  }

  token(
    scopes: readonly Scope[] = [Scope.TenantsRead, Scope.TenantsWrite],
    tenantId?: number,
  ): Promise<string> {
    return this.nest
      .get(ApiTokensService)
      .create({ name: 'test', scopes, tenantId });
  }

  async stop(): Promise<void> {
    await this.nest.close();
    removeWorkspace(this.folder);
  }
}
