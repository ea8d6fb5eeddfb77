import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config.error.js';
import {
  dataSourceOptions,
  READER,
} from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { hashOf } from '../helpers/database-files.js';
import { withDatabase } from '../helpers/test-database.js';
import { backupsIn, copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { Service } from '../helpers/service.js';
import { TestApp } from '../helpers/test-app.js';
import { workspaceForTest } from '../helpers/workspace.js';

const PROCESSES = 5;
const ROUNDS = 5;

function startTogether(
  folder: string,
  env: Record<string, string>,
): Promise<Service[]> {
  return Promise.all(
    Array.from({ length: PROCESSES }, () => Service.start(folder, env)),
  );
}

async function areReady(services: Service[]): Promise<boolean> {
  const answers = await Promise.all(
    services.map(({ url }) => fetch(`${url}/health/ready`)),
  );
  return answers.every(({ ok }) => ok);
}

async function killAll(services: Service[]): Promise<void> {
  await Promise.all(services.map((service) => service.stop('SIGKILL')));
}

function appliedIn(file: string): Promise<{ name: string }[]> {
  return withDatabase(file, (database) =>
    database.all<{ name: string }>('SELECT name FROM migrations ORDER BY id'),
  );
}

const ALL = SCHEMA.migrations.map(({ name }) => ({ name }));

describe('processes that start together', () => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'all serve one new database, round %i',
    async (round) => {
      const folder = workspaceForTest();
      // Outside production the first admin is made, too: by one of them.
      const production = round > 1;
      const services = await startTogether(folder, {
        NODE_ENV: production ? 'production' : 'development',
      });
      const ready = await areReady(services);
      await killAll(services);
      const passwords = services.filter(({ output }) =>
        /^Parola: /m.test(output.stdout),
      );

      expect(ready).toBe(true);
      expect(passwords).toHaveLength(production ? 0 : 1);
      expect(await appliedIn(join(folder, 'randevu_asistani.db'))).toEqual(ALL);
    },
  );

  it('all serve one database of the old application, backed up once', async () => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    const services = await startTogether(folder, {
      NODE_ENV: 'production',
      ENCRYPTION_KEY: legacy.encryption_key,
    });
    const ready = await areReady(services);
    await killAll(services);
    const readable = await withDatabase(file, (database) =>
      database.all(
        'SELECT id FROM tenants WHERE openai_api_key_mac IS NOT NULL',
      ),
    );

    expect(ready).toBe(true);
    expect(backupsIn(folder)).toHaveLength(1);
    expect(readable).toHaveLength(legacy.tenants.length);
    expect(await appliedIn(file)).toEqual(ALL);
  });
});

describe('migrations', () => {
  it('can each be taken back, and applied again', async () => {
    const file = join(workspaceForTest(), 'test.db');
    await migrateHere(file);
    const source = await new DataSource(
      dataSourceOptions(configFor(file), 'writer', SCHEMA),
    ).initialize();
    const schema = (): Promise<unknown[]> =>
      source.query(
        "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name",
      );
    const whole = await schema();
    for (const _ of SCHEMA.migrations) await source.undoLastMigration();
    const nothing = await schema();
    await source.runMigrations();
    const again = await schema();
    await source.destroy();

    expect(whole.length).toBeGreaterThan(5);
    expect(nothing).toEqual([]);
    expect(again).toEqual(whole);
  });

  it('change nothing the second time', async () => {
    const file = join(workspaceForTest(), 'test.db');
    const first = await migrateHere(file);
    const hash = hashOf(file);
    const second = await migrateHere(file);

    expect(first).toContain('Veritabanı güncellendi');
    expect(second).toBe('');
    expect(hashOf(file)).toBe(hash);
  });

  it('refuse a database of a newer version', async () => {
    const file = join(workspaceForTest(), 'test.db');
    await migrateHere(file);
    await withDatabase(file, (database) =>
      database.exec(
        "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')",
      ),
    );
    const hash = hashOf(file);

    await expect(migrateHere(file)).rejects.toThrow(
      /DATABASE_URL: .*daha yeni/,
    );
    expect(hashOf(file)).toBe(hash);
  });

  it.each([
    ['is text', () => Buffer.from('this is no database\n'.repeat(100))],
    ['is cut', (whole: Buffer) => whole.subarray(0, 5_000)],
    ['has a page of noise', (whole: Buffer) => noise(whole, 4_096, 4_096)],
    ['is all noise behind its header', (whole: Buffer) => noise(whole, 100)],
  ])('refuse a file that %s', async (_, spoil) => {
    const folder = workspaceForTest();
    const file = copyLegacyDatabase(folder);
    writeFileSync(file, spoil(readFileSync(file)));
    const hash = hashOf(file);
    const migration = migrateHere(file, {
      ENCRYPTION_KEY: legacy.encryption_key,
    });

    await expect(migration).rejects.toThrow(ConfigError);
    await expect(migration).rejects.toThrow('DATABASE_URL');
    expect(hashOf(file)).toBe(hash);
    expect(backupsIn(folder)).toEqual([]);
  });

  it('begin anew in an empty file', async () => {
    const file = join(workspaceForTest(), 'test.db');
    writeFileSync(file, '');
    await migrateHere(file);

    expect(await appliedIn(file)).toEqual(ALL);
  });
});

describe('the migrated database', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterAll(() => app.stop());

  it.each(SCHEMA.entities)('is what $name expects', async (entity) => {
    const source = app.nest.get<DataSource>(getDataSourceToken());
    const { tableName, columns } = source.getMetadata(entity);
    const expected = columns.map((column) => ({
      name: column.databaseName,
      nullable: column.isNullable,
      primary: column.isPrimary,
    }));
    const actual = await source.query<
      { name: string; notnull: number; pk: number }[]
    >(`PRAGMA table_info(${tableName})`);

    expect(
      actual.map(({ name, notnull, pk }) => ({
        name,
        nullable: notnull === 0,
        primary: pk === 1,
      })),
    ).toEqual(expect.arrayContaining(expected));
    expect(actual).toHaveLength(expected.length);
  });

  it.each([
    ['writer', undefined],
    ['reader', READER],
  ])('has its PRAGMAs in force on the %s', async (role, name) => {
    const source = app.nest.get<DataSource>(getDataSourceToken(name));
    const pragma = async (setting: string): Promise<unknown> => {
      const [row] = await source.query<Record<string, unknown>[]>(
        `PRAGMA ${setting}`,
      );
      return Object.values(row ?? {})[0];
    };

    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(0);
    expect(await pragma('busy_timeout')).toBe(5_000);
    expect(await pragma('secure_delete')).toBe(1);
    expect(await pragma('trusted_schema')).toBe(0);
    const written = await source.query('CREATE TABLE written (id)').then(
      () => 'writer',
      () => 'reader',
    );
    expect(written).toBe(role);
  });
});

function noise(whole: Buffer, from: number, length?: number): Buffer {
  const copy = Buffer.from(whole);
  copy.fill(0xa5, from, length === undefined ? undefined : from + length);
  return copy;
}
