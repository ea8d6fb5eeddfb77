import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leases that are counters instead of moments, and imports that end before their last row. */
export class LetImportsBeCancelled1763800000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Makes the table anew: SQLite's own DROP COLUMN fails where a view of somebody else's is broken.
    await runner.dropColumn('tenant_imports', 'leased_until');
    for (const statement of [
      'ALTER TABLE tenant_imports ADD COLUMN lease integer NOT NULL DEFAULT 0',
      'ALTER TABLE tenant_imports ADD COLUMN cancel_reason varchar(32)',
      // What a purge looks for.
      'CREATE INDEX ix_tenant_import_rows_tenant ON tenant_import_rows (tenant_id) WHERE tenant_id IS NOT NULL',
      'CREATE INDEX ix_tenant_import_rows_name ON tenant_import_rows (username) WHERE username IS NOT NULL',
    ])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'DROP INDEX ix_tenant_import_rows_name',
      'DROP INDEX ix_tenant_import_rows_tenant',
      'ALTER TABLE tenant_imports ADD COLUMN leased_until datetime',
    ])
      await runner.query(statement);
    await runner.dropColumns('tenant_imports', ['cancel_reason', 'lease']);
  }
}
