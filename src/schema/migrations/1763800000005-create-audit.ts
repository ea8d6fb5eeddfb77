import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateAudit1763800000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'audit_entries',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'at', type: 'datetime' },
          { name: 'actor', type: 'varchar', length: '32' },
          { name: 'action', type: 'varchar', length: '32' },
          { name: 'target', type: 'varchar', length: '32', isNullable: true },
          { name: 'fields', type: 'varchar', length: '255' },
          { name: 'address', type: 'varchar', length: '64', isNullable: true },
          {
            name: 'request_id',
            type: 'varchar',
            length: '36',
            isNullable: true,
          },
          { name: 'mac', type: 'varchar', length: '64' },
        ],
        indices: [
          { name: 'ix_audit_entries_actor', columnNames: ['actor', 'id'] },
          { name: 'ix_audit_entries_target', columnNames: ['target', 'id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_head',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'entries', type: 'integer' },
          { name: 'last_mac', type: 'varchar', length: '64' },
          { name: 'seal', type: 'varchar', length: '64' },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_key',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'token', type: 'text' },
          { name: 'kid', type: 'varchar', length: '8' },
          { name: 'mac', type: 'varchar', length: '64' },
        ],
      }),
    );
    for (const change of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER audit_entries_no_${change.toLowerCase()} BEFORE ${change} ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_key', 'audit_head', 'audit_entries'])
      await runner.dropTable(table);
  }
}
