import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { ENCRYPTED_COLUMNS } from '../../src/keys/encrypted-columns.js';
import { CreateTenantDto } from '../../src/tenants/dto/create-tenant.dto.js';
import { BATCH_ROWS } from '../../src/imports/import-limits.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { TenantImportPayload } from '../../src/imports/tenant-import-payload.entity.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { TestApp } from '../helpers/test-app.js';

/** Encrypted too, but not walked by a rotation: a check is of one key, and the audit key is one row that it sees to by itself. */
const NOT_ROTATED = ['encryption_key_checks.check_value', 'audit_key.token'];

describe('the registry of encrypted columns', () => {
  let app: TestApp;
  let source: DataSource;
  /** Goes on while the columns are looked at: what has come of it lies there encrypted. */
  const upload = new PassThrough();
  let uploaded: Promise<unknown>;
  beforeAll(async () => {
    app = await TestApp.start();
    source = app.nest.get(DataSource);
    const tenants = app.nest.get(TenantsService);
    const create = () =>
      tenants.create(
        Object.assign(new CreateTenantDto(), tenantFactory.build()),
      );
    const [{ id }] = [await create(), await create()];
    await tenants.delete(id);
    uploaded = app.nest.get(ImportsService).receive(upload, { dryRun: true });
    upload.write(
      ndjson(
        Array.from({ length: BATCH_ROWS }, (_, row) => importRow(`x-${row}`)),
      ),
    );
    while (!(await source.manager.exists(TenantImportPayload))) await sleep(20);
  });
  afterAll(async () => {
    upload.end();
    await uploaded;
    await app.stop();
  });

  it('names every column that holds a Fernet token', async () => {
    const found: string[] = [];
    for (const { tableName, columns } of source.entityMetadatas) {
      for (const { databaseName } of columns) {
        const rows: unknown[] = await source.query(
          `SELECT 1 FROM ${tableName} WHERE ${databaseName} LIKE 'gAAAA%'`,
        );
        if (rows.length > 0) found.push(`${tableName}.${databaseName}`);
      }
    }
    const registered = ENCRYPTED_COLUMNS.map(({ name }) => name);
    expect(found.toSorted()).toEqual(
      [...registered, ...NOT_ROTATED].toSorted(),
    );
  });

  it('names every column that has a key id beside it', () => {
    const withKid = source.entityMetadatas.flatMap(({ tableName, columns }) =>
      columns
        .map(({ databaseName }) => databaseName)
        .filter((name) => name.endsWith('_kid'))
        .map((name) => `${tableName}.${name.replace(/_kid$/, '')}`),
    );
    expect(withKid.toSorted()).toEqual(
      ENCRYPTED_COLUMNS.map(({ name }) => name).toSorted(),
    );
  });
});
