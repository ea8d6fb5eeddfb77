import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT } from './columns.js';

/**
 * The old application deletes tenants without enforcing foreign keys: sessions that it leaves behind
 * belong to an id that no other tenant ever gets.
 */
export class CreateTenantSessions1763800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'tenant_sessions',
        columns: [
          { name: 'id_hash', type: 'varchar', length: '64', isPrimary: true },
          { name: 'tenant_id', type: 'integer' },
          { name: 'password_tag', type: 'varchar', length: '43' },
          CREATED_AT,
          { name: 'last_used_at', type: 'datetime' },
          { name: 'expires_at', type: 'datetime' },
          { name: 'address', type: 'varchar', length: '64', isNullable: true },
          {
            name: 'user_agent',
            type: 'varchar',
            length: '255',
            isNullable: true,
          },
        ],
        foreignKeys: [
          {
            name: 'fk_tenant_sessions_tenant',
            columnNames: ['tenant_id'],
            referencedTableName: 'tenants',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        indices: [
          { name: 'ix_tenant_sessions_tenant_id', columnNames: ['tenant_id'] },
          {
            name: 'ix_tenant_sessions_expires_at',
            columnNames: ['expires_at'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tenant_sessions');
  }
}
