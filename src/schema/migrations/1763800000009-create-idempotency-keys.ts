import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT } from './columns.js';

export class CreateIdempotencyKeys1763800000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'idempotency_keys',
        columns: [
          { name: 'key_mac', type: 'varchar', length: '43', isPrimary: true },
          { name: 'request_mac', type: 'varchar', length: '43' },
          { name: 'answer', type: 'text' },
          CREATED_AT,
        ],
        indices: [
          {
            name: 'ix_idempotency_keys_created_at',
            columnNames: ['created_at'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_keys');
  }
}
