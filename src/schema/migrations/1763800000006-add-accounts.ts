import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  ['admins', 'disabled_at', 'datetime'],
  ['admins', 'last_signed_in_at', 'datetime'],
  ['admin_sessions', 'address', 'varchar(64)'],
  ['admin_sessions', 'user_agent', 'varchar(255)'],
] as const;

/** Plain SQL: TypeORM would rebuild the tables, and dropping the old `admins` would end every session. */
export class AddAccounts1763800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column, type] of COLUMNS)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS.toReversed())
      await runner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
