import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT, ID } from './columns.js';

export class CreateTenantImports1763800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [imports(), rows(), payloads()])
      await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [payloads(), rows(), imports()])
      await runner.dropTable(table);
  }
}

const counter = (name: string) => ({ name, type: 'integer', default: 0 });
const text = (name: string, length: number) => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable: true,
});
const moment = (name: string) => ({
  name,
  type: 'datetime',
  isNullable: true,
});

function imports(): Table {
  return new Table({
    name: 'tenant_imports',
    columns: [
      ID,
      { name: 'state', type: 'varchar', length: '16' },
      { name: 'dry_run', type: 'boolean' },
      ...['total', 'processed', 'added', 'failed'].map(counter),
      { name: 'actor', type: 'varchar', length: '32' },
      text('address', 64),
      text('request_id', 36),
      text('holder', 36),
      moment('leased_until'),
      CREATED_AT,
      moment('started_at'),
      moment('finished_at'),
    ],
    indices: [
      { name: 'ix_tenant_imports_state', columnNames: ['state', 'id'] },
    ],
  });
}

function rows(): Table {
  return new Table({
    name: 'tenant_import_rows',
    columns: [
      { name: 'id', type: 'integer', isPrimary: true },
      { name: 'import_id', type: 'integer' },
      { name: 'line', type: 'integer' },
      { name: 'state', type: 'varchar', length: '16' },
      { name: 'username', type: 'varchar', length: '100', isNullable: true },
      { name: 'faults', type: 'text', isNullable: true },
      { name: 'tenant_id', type: 'integer', isNullable: true },
    ],
    indices: [
      {
        name: 'ix_tenant_import_rows_line',
        columnNames: ['import_id', 'line'],
      },
      {
        name: 'ix_tenant_import_rows_state',
        columnNames: ['import_id', 'state', 'line'],
      },
      {
        name: 'ix_tenant_import_rows_username',
        columnNames: ['import_id', 'username'],
      },
    ],
    foreignKeys: [
      {
        columnNames: ['import_id'],
        referencedTableName: 'tenant_imports',
        referencedColumnNames: ['id'],
      },
    ],
  });
}

function payloads(): Table {
  return new Table({
    name: 'tenant_import_payloads',
    columns: [
      { name: 'id', type: 'integer', isPrimary: true },
      { name: 'payload', type: 'text' },
      { name: 'payload_kid', type: 'varchar', length: '8' },
      { name: 'payload_mac', type: 'varchar', length: '64' },
    ],
    foreignKeys: [
      {
        columnNames: ['id'],
        referencedTableName: 'tenant_import_rows',
        referencedColumnNames: ['id'],
      },
    ],
  });
}
