import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT, UPDATED_AT } from './columns.js';

/**
 * The bin. `tenants` holds living tenants only, so the old application never sees a deleted one, and a name is free as
 * soon as its tenant is here: usernames are not unique.
 */
export class CreateDeletedTenants1763800000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'deleted_tenants',
        columns: [
          // The tenant's own: it is given when the tenant is made, and comes back with it.
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'username', type: 'varchar', length: '100' },
          { name: 'password_hash', type: 'varchar', length: '255' },
          { name: 'business_name', type: 'varchar', length: '255' },
          { name: 'openai_api_key', type: 'text' },
          { name: 'system_prompt', type: 'text' },
          { ...CREATED_AT, isNullable: true },
          UPDATED_AT,
          {
            name: 'status',
            type: 'varchar',
            length: '16',
            default: "'active'",
          },
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
          { name: 'deleted_at', type: 'datetime' },
        ],
        indices: [
          {
            name: 'ix_deleted_tenants_deleted_at',
            columnNames: ['deleted_at', 'id'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('deleted_tenants');
  }
}
