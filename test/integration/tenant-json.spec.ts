import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  rowAsJson,
  rowsAsJson,
  writtenRows,
} from '../../src/database/sqlite/row-as-json.js';
import { CryptoService } from '../../src/security/crypto.service.js';
import { presentTenant } from '../../src/tenants/present-tenant.js';
import { checkedJson } from '../../src/tenants/tenant-json.js';
import { TenantReader } from '../../src/tenants/tenant-reader.js';
import { TenantsRepository } from '../../src/tenants/tenants.repository.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { configFor } from '../helpers/database-setup.js';
import { HOSTILE_VALUES, WELCOME_VALUES } from '../helpers/hostile-values.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

type Column = [column: string, sql: string];

/** A tenant with a readable key; its neighbour's is taken for one that was moved. */
const ID = 1;
const NEIGHBOUR = 2;

const TEXT_COLUMNS = ['username', 'business_name', 'system_prompt'];

/** SQL of values that no rule of ours would let in. */
const TEXTS = [
  "''",
  "'\"\\/<>&'' \u2028\u2029 \u007F\u0085 İıŞş 😀 👩‍⚕️'",
  "CAST(x'00' AS TEXT)",
  "CAST(x'6100620D0A09080C0B1F7F' AS TEXT)",
  "CAST(x'EDA0BD' AS TEXT)",
  "CAST(x'EDA0BDEDB880' AS TEXT)",
  "CAST(x'4BC3' AS TEXT)",
  "CAST(x'E28022' AS TEXT)",
  "CAST(x'FFFE005C' AS TEXT)",
  "CAST(x'F4908080C080' AS TEXT)",
  "x'4BC3B66B'",
  "x'00FF22'",
  'zeroblob(3)',
  '12.50',
  '-7',
  '1e300',
  '9223372036854775807',
  "replace(hex(zeroblob(200000)), '0', 'ş\"')",
];

const PLAIN_DATES = [
  'NULL',
  "'2024-01-02 03:04:05'",
  "'2024-02-29 23:59:59.678901'",
  "'2024-12-31 23:59:59.999999'",
  "'0000-01-01 00:00:00.000000'",
  "'9999-12-31 23:59:59'",
];
const ODD_DATES = [
  "''",
  "'2024-02-30 00:00:00'",
  "'2023-02-29 00:00:00.000000'",
  "'2024-04-31 00:00:00'",
  "'2024-01-01 24:00:00'",
  "'2024-01-01 24:00:00.000000'",
  "'2024-01-01 23:59:60'",
  "'2024-13-01 00:00:00'",
  "'2024-01-02T03:04:05.678901'",
  "'2024-01-02 03:04'",
  "'2024-01-02'",
  "'2024-01-02 03:04:05.6'",
  "'2024-01-02 03:04:05.678'",
  "'2024-01-02 03:04:05Z'",
  "'2024-01-02 03:04:05+03:00'",
  "'2024-01-02 03:04:05+03:00.'",
  "'2024-01-02 03:04:05.67890Z'",
  "'2024-01-02 03:04:05.1     '",
  "'2024-01-02 03:04:05.67890１'",
  "' 2024-01-02 03:04:05'",
  "'2024-01-02 03:04:05.6789012'",
  "'2024-01-02 03:04:05' || char(0) || '678901'",
  "'2024-01-02 03:04:05.678901' || char(0)",
  "'now'",
  "'2460311.5'",
  '2460311.5',
  '1704164645',
  "CAST('2024-01-02 03:04:05' AS BLOB)",
  "x'FF'",
];

/** What the column says by itself, and whether the database may write the row. */
const OTHERS: [column: string, sql: string, isWritten: boolean][] = [
  ['status', "'suspended'", true],
  ['status', "CAST('suspended' AS BLOB)", true],
  ['status', "'Suspended'", true],
  ['status', "'suspended' || char(0)", true],
  ['status', "'deleted'", true],
  ['status', 'zeroblob(2)', true],
  ['version', '9007199254740991', true],
  ['version', '9007199254740993', false],
  ['version', '-9223372036854775807 - 1', false],
  ['version', "'üç'", true],
  ['version', '1e300', false],
  ['version', '7.9', true],
  ['openai_api_key', "''", true],
  ['openai_api_key', "x''", true],
  ['openai_api_key', "openai_api_key || ' '", false],
  ['openai_api_key', 'CAST(openai_api_key AS BLOB)', true],
  ['openai_api_key', "'}],[' || char(0, 10) || '\"'", false],
  [
    'openai_api_key',
    `(SELECT openai_api_key FROM tenants WHERE id = ${NEIGHBOUR})`,
    false,
  ],
  ['openai_api_key_kid', 'NULL', true],
  ['openai_api_key_kid', "'deadbeef'", false],
  ['openai_api_key_mac', 'NULL', true],
  ['openai_api_key_mac', "x'00'", false],
  ['openai_api_key_hint', 'NULL', true],
  ['openai_api_key_hint', "x'4BC3'", true],
  ['openai_api_key_hint', '1234', true],
  ['openai_api_key_hint', "'\"\\' || char(0, 9)", true],
];

const EVERYWHERE = [
  ...TEXT_COLUMNS.flatMap((column) =>
    TEXTS.map((sql) => [column, sql, true] as const),
  ),
  ...['created_at', 'updated_at'].flatMap((column) => [
    ...PLAIN_DATES.map((sql) => [column, sql, true] as const),
    ...ODD_DATES.map((sql) => [column, sql, false] as const),
  ]),
  ...OTHERS,
];

describe('a tenant that the database writes as JSON', () => {
  let app: TestApp;
  let database: TestDatabase;
  let tenants: TenantsRepository;
  let reader: TenantReader;
  let crypto: CryptoService;

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    tenants = app.nest.get(TenantsRepository, { strict: false });
    reader = app.nest.get(TenantReader, { strict: false });
    crypto = app.nest.get(CryptoService);
    await seedTenants(configFor(app.databaseFile), 3);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  /** The bytes that come of it in JavaScript. */
  async function ordinary(...ids: number[]): Promise<Buffer> {
    const stored = await Promise.all(
      ids.map((id) => tenants.getByIdOrFail(id)),
    );
    return Buffer.from(
      JSON.stringify(stored.map((tenant) => presentTenant(tenant, crypto))),
    );
  }

  async function written(...ids: number[]): Promise<Buffer | undefined> {
    return checkedJson(await tenants.writeByIds(ids), crypto);
  }

  /** Does it with these columns changed. */
  async function having(
    columns: readonly Column[],
    work: () => Promise<void>,
  ): Promise<void> {
    const restored = await database.all<Record<string, unknown>>(
      'SELECT * FROM tenants WHERE id = ?',
      ID,
    );
    await database.run(
      `UPDATE tenants SET ${columns.map(([column, sql]) => `${column} = ${sql}`).join(', ')} WHERE id = ${ID}`,
    );
    try {
      await work();
    } finally {
      for (const [column] of columns)
        await database.run(
          `UPDATE tenants SET ${column} = ? WHERE id = ${ID}`,
          restored[0]?.[column],
        );
    }
  }

  it('is the same to the byte as it stands', async () => {
    expect(await written(1, 2, 3)).toEqual(await ordinary(1, 2, 3));
    expect(await written(3, 1)).toEqual(await ordinary(3, 1));
    expect(await written()).toEqual(Buffer.from('[]'));
  });

  it.each(EVERYWHERE)('%s = %s, written: %s', (column, sql, isWritten) =>
    having([[column, sql]], async () => {
      const expected = await ordinary(ID);
      const json = await written(ID);
      expect(json !== undefined).toBe(isWritten);
      if (json !== undefined) expect(json.equals(expected)).toBe(true);
      // With neighbours, and the ordinary way where it has to be.
      const { first, others } = await reader.readJson(
        [2, ID, 3].map((id) => ({ id, bytes: 1 })),
      );
      expect(others).toBeUndefined();
      expect(first.equals(await ordinary(2, ID, 3))).toBe(true);
    }),
  );

  it('has every character that there is', async () => {
    const all = Array.from({ length: 0x11_00_00 }, (_, code) => code)
      .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
      .map((code) => String.fromCodePoint(code))
      .join('');
    await having([['system_prompt', "'x'"]], async () => {
      await database.run(
        `UPDATE tenants SET system_prompt = ? WHERE id = ${ID}`,
        all,
      );
      const json = await written(ID);
      expect(json?.equals(await ordinary(ID))).toBe(true);
    });
  });

  it('has every value that the rules refuse, and every odd one that they let in', async () => {
    for (const { field, value } of [...HOSTILE_VALUES, ...WELCOME_VALUES]) {
      if (!TEXT_COLUMNS.includes(field) || typeof value !== 'string') continue;
      await database.run(`UPDATE tenants SET ${field} = ? WHERE id = 3`, value);
      expect((await written(3))?.equals(await ordinary(3))).toBe(true);
    }
  });

  it('comes as that from the API, alone, in a page and in pieces', async () => {
    const client = await ApiClient.of(app, await app.token());
    const odd: Column[] = [
      ['created_at', "'2024-02-30 00:00:00'"],
      ['openai_api_key_kid', "'deadbeef'"],
      ['business_name', "CAST(x'4BC3' AS TEXT)"],
      ['system_prompt', "replace(hex(zeroblob(100000)), '0', 'ş')"],
    ];
    for (let count = 0; count <= odd.length; count += 1)
      await having([['version', '9'], ...odd.slice(0, count)], async () => {
        const page = await client.get('/api/tenants');
        expect(page.text).toBe(String(await ordinary(1, 2, 3)));
        expect(page.header('x-total-count')).toBe('3');
        const alone = await client.get(`/api/tenants/${ID}`);
        expect(`[${alone.text}]`).toBe(String(await ordinary(ID)));
        expect(alone.header('etag')).toBe('"9"');
      });
  });
});

it('rows of a database that holds UTF-16 are not written', async () => {
  const database = new TestDatabase(':memory:', 'create');
  await database.exec("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a)");
  const row = rowAsJson({
    a: { as: 'text', sql: "'a'" },
    b: { as: 'integer', sql: '1' },
  });
  const [found] = await database.all<{ json: Buffer }>(
    `SELECT ${rowsAsJson(row)} AS json`,
  );
  await database.close();
  expect(found?.json.toString('utf16le')).toBe('[{"a":"a","b":1}]');
  expect(found && writtenRows(found.json)).toBeUndefined();
});
