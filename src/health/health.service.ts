import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  HealthIndicatorService,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { AuditKey } from '../audit/audit-key.entity.js';
import { EncryptionKeyCheck } from '../keys/encryption-key-check.entity.js';
import { WriteProbe } from '../database/sqlite/write-probe.js';
import { KeyRing } from '../security/key-ring.js';

/** Load balancers need a moment to see that this instance is leaving; the port stays open meanwhile. */
const DRAIN_MS = 1_500;

type Part = 'database' | 'migrations' | 'encryption_key' | 'draining';

@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  #draining = false;

  constructor(
    @InjectDataSource(READER) private readonly reader: DataSource,
    @InjectDataSource() private readonly writer: DataSource,
    private readonly keys: KeyRing,
    private readonly indicators: HealthIndicatorService,
    private readonly probe: WriteProbe,
  ) {}

  async beforeApplicationShutdown(signal?: string): Promise<void> {
    this.#draining = true;
    if (signal !== undefined) await sleep(DRAIN_MS);
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  draining(): HealthIndicatorResult {
    return this.#result('draining', !this.#draining);
  }

  /** Up only when a write would be kept, too. */
  database(): Promise<HealthIndicatorResult> {
    return this.#check('database', async () => {
      await this.reader.query('SELECT 1');
      return this.probe.isUp();
    });
  }

  migrations(): Promise<HealthIndicatorResult> {
    return this.#check('migrations', async () => {
      const applied = await this.reader.query<{ name: string }[]>(
        'SELECT name FROM migrations',
      );
      const names = new Set(applied.map(({ name }) => name));
      return this.writer.migrations.every((migration) =>
        names.has(migration.name ?? migration.constructor.name),
      );
    });
  }

  encryptionKey(): Promise<HealthIndicatorResult> {
    return this.#check('encryption_key', async () => {
      const checks = this.reader.getRepository(EncryptionKeyCheck);
      const check = await checks.findOneBy({ kid: this.keys.primaryKid });
      if (check === null || this.keys.decrypt(check.checkValue) === undefined)
        return false;
      // Elsewhere a rotation may have gone on to a key that this process was not given. A key that nobody knows is damage,
      // and the part `audit` says so.
      const [auditKey] = await this.reader.getRepository(AuditKey).find();
      return (
        auditKey === undefined ||
        this.keys.kids.includes(auditKey.kid) ||
        !(await checks.existsBy({ kid: auditKey.kid }))
      );
    });
  }

  /** A part whose check throws is down; why is not for the outside. */
  async #check(
    part: Part,
    isUp: () => Promise<boolean>,
  ): Promise<HealthIndicatorResult> {
    return this.#result(part, await isUp().catch(() => false));
  }

  #result(part: Part, isUp: boolean): HealthIndicatorResult {
    const session = this.indicators.check(part);
    return isUp ? session.up() : session.down();
  }
}
