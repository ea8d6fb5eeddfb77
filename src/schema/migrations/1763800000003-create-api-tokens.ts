import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT } from './columns.js';

export class CreateApiTokens1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'api_tokens',
        columns: [
          { name: 'id', type: 'varchar', length: '8', isPrimary: true },
          { name: 'secret_hash', type: 'varchar', length: '64' },
          { name: 'name', type: 'varchar', length: '100' },
          { name: 'scopes', type: 'varchar', length: '255' },
          { name: 'tenant_id', type: 'integer', isNullable: true },
          CREATED_AT,
          { name: 'expires_at', type: 'datetime', isNullable: true },
          { name: 'revoked_at', type: 'datetime', isNullable: true },
          { name: 'last_used_at', type: 'datetime', isNullable: true },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_tokens');
  }
}
