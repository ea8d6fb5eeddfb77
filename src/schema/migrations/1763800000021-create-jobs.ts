import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT, ID } from './columns.js';

/** Work for later, with the leases that only imports had until now. */
export class CreateJobs1763800000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'jobs',
        columns: [
          ID,
          { name: 'kind', type: 'varchar', length: '32' },
          { name: 'subject', type: 'varchar', length: '64' },
          { name: 'holder', type: 'varchar', length: '36', isNullable: true },
          { name: 'lease', type: 'integer', default: 0 },
          CREATED_AT,
        ],
        indices: [
          {
            name: 'uq_jobs_subject',
            columnNames: ['kind', 'subject'],
            isUnique: true,
          },
        ],
      }),
    );
    // A cancelled one may have rows left that are to be erased.
    await runner.query(
      `INSERT INTO jobs (kind, subject, holder, lease, created_at)
       SELECT 'import', CAST(id AS TEXT), holder, lease, created_at FROM tenant_imports
       WHERE state <> 'finished' ORDER BY id`,
    );
    // Read anew: TypeORM remembers the table as it was before an earlier migration of this start.
    const imports = await runner.getTable('tenant_imports');
    if (imports !== undefined)
      await runner.dropColumns(imports, ['holder', 'lease']);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of [
      'ALTER TABLE tenant_imports ADD COLUMN holder varchar(36)',
      'ALTER TABLE tenant_imports ADD COLUMN lease integer NOT NULL DEFAULT 0',
      `UPDATE tenant_imports SET (holder, lease) = (SELECT holder, lease FROM jobs WHERE kind = 'import' AND subject = CAST(tenant_imports.id AS TEXT))
       WHERE EXISTS (SELECT 1 FROM jobs WHERE kind = 'import' AND subject = CAST(tenant_imports.id AS TEXT))`,
    ])
      await runner.query(statement);
    await runner.dropTable('jobs');
  }
}
