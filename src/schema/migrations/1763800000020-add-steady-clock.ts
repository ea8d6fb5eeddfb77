import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { formatUtc } from '../../database/utc-date.transformer.js';

const ANSWERED_TENANT =
  "CASE WHEN json_valid(answer) AND json_type(answer, '$.username') IS NOT NULL THEN 'tenant:' || json_extract(answer, '$.id') END";

/** The time that has been seen to pass, and whose each stored answer is, so that it goes with its tenant. */
export class AddSteadyClock1763800000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'steady_clock',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'trusted_at', type: 'datetime' },
          { name: 'gap_ms', type: 'integer', default: 0 },
          { name: 'noticed_at', type: 'datetime', isNullable: true },
        ],
      }),
    );
    await this.#beginAtLastTrace(runner);
    // Plain SQL: TypeORM would rebuild the table.
    await runner.query(
      'ALTER TABLE idempotency_keys ADD COLUMN target varchar(32)',
    );
    await runner.query(
      'CREATE INDEX ix_idempotency_keys_target ON idempotency_keys (target)',
    );
    await runner.query(
      `UPDATE idempotency_keys SET target = ${ANSWERED_TENANT}`,
    );
    await runner.query(
      `UPDATE idempotency_keys SET answer = '' WHERE target IS NOT NULL AND target NOT IN
       (SELECT 'tenant:' || id FROM tenants UNION ALL SELECT 'tenant:' || id FROM deleted_tenants)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_idempotency_keys_target');
    await runner.query('ALTER TABLE idempotency_keys DROP COLUMN target');
    await runner.dropTable('steady_clock');
  }

  /** The clock of this very start may be the wrong one; the newest record tells what it was before. */
  async #beginAtLastTrace(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO steady_clock (id, trusted_at)
       SELECT 1, min($1, coalesce((SELECT at FROM audit_entries ORDER BY id DESC LIMIT 1), $1))`,
      [formatUtc(new Date())],
    );
  }
}
