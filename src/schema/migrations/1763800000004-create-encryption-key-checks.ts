import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { CREATED_AT } from './columns.js';

export class CreateEncryptionKeyChecks1763800000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'encryption_key_checks',
        columns: [
          { name: 'kid', type: 'varchar', length: '8', isPrimary: true },
          { name: 'check_value', type: 'text' },
          CREATED_AT,
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('encryption_key_checks');
  }
}
