import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT, ID, UPDATED_AT } from './columns.js';

export class CreateAdmins1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'admins',
        columns: [
          ID,
          { name: 'username', type: 'varchar', length: '100' },
          { name: 'password_hash', type: 'varchar', length: '255' },
          CREATED_AT,
          UPDATED_AT,
        ],
        indices: [
          {
            name: 'ix_admins_username',
            columnNames: ['username'],
            isUnique: true,
          },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'admin_sessions',
        columns: [
          { name: 'id_hash', type: 'varchar', length: '64', isPrimary: true },
          { name: 'admin_id', type: 'integer' },
          CREATED_AT,
          { name: 'last_used_at', type: 'datetime' },
          { name: 'expires_at', type: 'datetime' },
        ],
        foreignKeys: [
          {
            name: 'fk_admin_sessions_admin',
            columnNames: ['admin_id'],
            referencedTableName: 'admins',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
        indices: [
          { name: 'ix_admin_sessions_admin_id', columnNames: ['admin_id'] },
          { name: 'ix_admin_sessions_expires_at', columnNames: ['expires_at'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('admin_sessions');
    await runner.dropTable('admins');
  }
}
