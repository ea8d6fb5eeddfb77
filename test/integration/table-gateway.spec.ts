import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantImport } from '../../src/imports/tenant-import.entity.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { TableGateway } from '../../src/database/table-gateway.js';
import { Tenant } from '../../src/tenants/tenant.entity.js';
import { corpusRows, insertRows } from '../factories/tenant-corpus.js';
import { turkishNames } from '../factories/turkish-names.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { TestDatabase } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const HOSTILE = `"}],[{"x\\\\u0000 \u2028 ' -- 😀 \u{1F468}\u200D\u{1F469} \t\n\u0001 İıŞş`;

describe(TableGateway.name, () => {
  const folder = makeWorkspace();
  const config = configFor(join(folder, 'test.db'));
  let source: DataSource;
  let database: TestDatabase;
  let tenants: TableGateway<Tenant>;

  beforeAll(async () => {
    await migrateHere(config.database.path);
    source = await new DataSource(
      dataSourceOptions(config, 'reader', SCHEMA),
    ).initialize();
    database = new TestDatabase(config.database.path);
    tenants = new TableGateway(source.getRepository(Tenant));
    await insertRows(database, corpusRows(turkishNames(200)));
    await database.insertLegacyTenant({
      username: 'eski',
      business_name: HOSTILE,
      system_prompt: `${HOSTILE}\0${HOSTILE}`,
    });
  });
  afterAll(async () => {
    await source.destroy();
    await database.close();
    removeWorkspace(folder);
  });

  it("reads every row as TypeORM's own finders do", async () => {
    const own = await source
      .getRepository(Tenant)
      .find({ order: { id: 'ASC' } });
    expect(own).toHaveLength(201);
    const read = await tenants.find('id > ? ORDER BY id', [0]);
    expect(read).toEqual(own);
    expect(read[0]).toBeInstanceOf(Tenant);
    expect(await tenants.findOne('id = ?', [own[7]?.id])).toEqual(own[7]);
  });

  it('finds nothing for what is not there, null and undefined', async () => {
    for (const id of [0, null, undefined, 'x'])
      expect(await tenants.findOne('id = ?', [id])).toBeNull();
  });

  it('reads a row whose values are of other types than their columns', async () => {
    const id = await database.insertLegacyTenant({ username: 'bozuk' });
    await database.run(
      "UPDATE tenants SET business_name = x'4bc3b66b', system_prompt = 12.5, openai_api_key = zeroblob(3), created_at = x'00ff', version = 'üç' WHERE id = ?",
      id,
    );
    expect(await tenants.findOne('id = ?', [id])).toMatchObject({
      id,
      username: 'bozuk',
      businessName: 'Kök',
      systemPrompt: '12.5',
      openaiApiKey: '\0\0\0',
      createdAt: null,
      version: 0,
    });
  });

  it('refuses entities of types that it does not convert', () => {
    expect(() => new TableGateway(source.getRepository(TenantImport))).toThrow(
      /dryRun is neither text nor number/,
    );
  });
});
