import { join } from 'node:path';
import { ConnectionIsNotSetError, QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { ReaderDataSource } from '../../src/database/sqlite/reader-data-source.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const folder = makeWorkspace();
const config = configFor(join(folder, 'test.db'));
const source = newSource();

function newSource(): ReaderDataSource {
  return new ReaderDataSource(dataSourceOptions(config, 'reader', SCHEMA));
}

beforeAll(async () => {
  await migrateHere(config.database.path);
  await source.initialize();
});
afterAll(async () => {
  await source.destroy();
  removeWorkspace(folder);
});

it('is no database before it is initialized', async () => {
  await expect(newSource().query('SELECT 1')).rejects.toThrow(
    ConnectionIsNotSetError,
  );
});

it("gives what TypeORM's query runner gives", async () => {
  const runner = source.createQueryRunner();
  for (const [sql, parameters] of [
    ["SELECT ? AS a, NULL AS b, x'00ff' AS c, 1.5 AS d", ['ğ😀']],
    ['SELECT 1 AS a UNION ALL SELECT 2', undefined],
    ['SELECT name FROM sqlite_master WHERE 0', []],
    ['PRAGMA query_only', []],
  ] as const)
    expect(await source.query(sql, parameters?.slice())).toEqual(
      await runner.query(sql, parameters?.slice()),
    );
  await runner.release();
});

it.each([
  ['SELECT * FROM nowhere', [1], 'SQLITE_ERROR'],
  ['DELETE FROM tenants', [], 'SQLITE_READONLY'],
])('fails as TypeORM does: %s', async (query, parameters, code) => {
  const error: unknown = await source
    .query(query, parameters)
    .catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(QueryFailedError);
  expect(error).toMatchObject({ query, parameters, driverError: { code } });
});
