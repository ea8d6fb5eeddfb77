import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableIndex,
} from 'typeorm';
import { CREATED_AT, ID, UPDATED_AT } from './columns.js';

const LEGACY_COLUMNS =
  'id, username, password_hash, business_name, openai_api_key, system_prompt, created_at, updated_at';

/**
 * The old application's table and indexes, with AUTOINCREMENT so that ids are never reused,
 * and columns with defaults so that the old application can still insert.
 * A table that is already there is rebuilt and keeps its rows as they are.
 */
export class CreateTenants1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const adopting = await runner.hasTable('tenants');
    if (adopting) {
      await runner.query('DROP INDEX IF EXISTS ix_tenants_username');
      await runner.query('DROP INDEX IF EXISTS ix_tenants_id');
      await runner.query('ALTER TABLE tenants RENAME TO legacy_tenants');
    }
    await runner.createTable(tenants());
    await runner.query(
      'CREATE INDEX ix_tenants_username_folded ON tenants (lower(username))',
    );
    if (adopting) {
      await runner.query(
        `INSERT INTO tenants (${LEGACY_COLUMNS}) SELECT ${LEGACY_COLUMNS} FROM legacy_tenants ORDER BY id`,
      );
      await keepIdsSpent(runner);
      await runner.query('DROP TABLE legacy_tenants');
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tenants');
  }
}

/** Ids of tenants that are gone stay so where the old table remembered them (it may have had AUTOINCREMENT, too). */
async function keepIdsSpent(runner: QueryRunner): Promise<void> {
  // An aggregate gives one row; `query` has no types.
  const [{ seq }] = (await runner.query(
    "SELECT max(seq) AS seq FROM sqlite_sequence WHERE name IN ('tenants', 'legacy_tenants')",
  )) as [{ seq: number | null }];
  if (seq === null) return;
  await runner.query("DELETE FROM sqlite_sequence WHERE name = 'tenants'");
  await runner.query(
    "INSERT INTO sqlite_sequence (name, seq) VALUES ('tenants', ?)",
    [seq],
  );
}

function tenants(): Table {
  return new Table({
    name: 'tenants',
    columns: [
      ID,
      { name: 'username', type: 'varchar', length: '100' },
      { name: 'password_hash', type: 'varchar', length: '255' },
      { name: 'business_name', type: 'varchar', length: '255' },
      { name: 'openai_api_key', type: 'text' },
      { name: 'system_prompt', type: 'text' },
      { ...CREATED_AT, isNullable: true },
      UPDATED_AT,
      { name: 'status', type: 'varchar', length: '16', default: "'active'" },
      { name: 'version', type: 'integer', default: 1 },
      {
        name: 'openai_api_key_kid',
        type: 'varchar',
        length: '8',
        isNullable: true,
      },
      {
        name: 'openai_api_key_mac',
        type: 'varchar',
        length: '64',
        isNullable: true,
      },
      {
        name: 'openai_api_key_hint',
        type: 'varchar',
        length: '4',
        isNullable: true,
      },
    ],
    indices: [
      new TableIndex({
        name: 'ix_tenants_username',
        columnNames: ['username'],
        isUnique: true,
      }),
      new TableIndex({ name: 'ix_tenants_id', columnNames: ['id'] }),
    ],
  });
}
