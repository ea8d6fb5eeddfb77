import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableIndex,
} from 'typeorm';

const SORTED_BY = [
  'username_sort',
  'business_name_sort',
  'created_at',
  'updated_at',
];
const LISTED =
  'id, username, business_name, status, created_at, updated_at'.split(', ');

/**
 * What tenants are searched, filtered and sorted by, in narrow rows of their own: in `tenants` it would stand behind
 * prompts of 32 KB, and the old application would have to know of it.
 *
 * Triggers only note whose row is out of date, in SQL that every SQLite understands, because the old application's
 * writes run them too; this application brings the rows up to date (`TenantIndex`).
 */
export class AddTenantSearch1763800000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(tenantSearch());
    await runner.createTable(queue());
    await runner.createTable(counts());
    for (const statement of [
      // Every three letters that follow each other, so that any part of a name is found.
      `CREATE VIRTUAL TABLE tenant_search_grams USING fts5(search_text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')`,
      // Names that are gone are to be gone from the file, as PRAGMA secure_delete sees to elsewhere.
      `INSERT INTO tenant_search_grams (tenant_search_grams, rank) VALUES ('secure-delete', 1)`,
      ...noteChanges(),
      ...keepCounts(),
      'CREATE INDEX ix_tenants_openai_api_key_kid ON tenants (openai_api_key_kid)',
      `CREATE INDEX ix_tenants_unbound_key ON tenants (id) WHERE openai_api_key_kid IS NULL AND openai_api_key <> ''`,
      'INSERT INTO tenant_search_queue (tenant_id) SELECT id FROM tenants ORDER BY id',
    ])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_tenants_unbound_key');
    await runner.query('DROP INDEX ix_tenants_openai_api_key_kid');
    for (const event of ['insert', 'update', 'delete'])
      await runner.query(`DROP TRIGGER tenants_search_${event}`);
    await runner.query('DROP TABLE tenant_search_grams');
    await runner.dropTable('tenant_search');
    await runner.dropTable('tenant_search_queue');
    await runner.dropTable('tenant_counts');
  }
}

/** Dates as `tenants` has them, empty where there is none: an empty text sorts first. */
function tenantSearch(): Table {
  const sorted = SORTED_BY.map((column) => [column, 'tenant_id']);
  return new Table({
    name: 'tenant_search',
    columns: [
      { name: 'tenant_id', type: 'integer', isPrimary: true },
      { name: 'search_text', type: 'text' },
      { name: 'status', type: 'varchar', length: '16' },
      ...SORTED_BY.map((name) => ({ name, type: 'text' })),
    ],
    indices: [
      ...sorted,
      ['status', 'tenant_id'],
      ...sorted.map((columns) => ['status', ...columns]),
    ].map(
      (columnNames) =>
        new TableIndex({
          name: `ix_tenant_search_${columnNames.slice(0, -1).join('_')}`,
          columnNames,
        }),
    ),
  });
}

function queue(): Table {
  return new Table({
    name: 'tenant_search_queue',
    columns: [
      { name: 'seq', type: 'integer', isPrimary: true },
      { name: 'tenant_id', type: 'integer' },
    ],
  });
}

function counts(): Table {
  return new Table({
    name: 'tenant_counts',
    columns: [
      { name: 'status', type: 'varchar', length: '16', isPrimary: true },
      { name: 'tenants', type: 'integer' },
    ],
  });
}

function note(row: 'OLD' | 'NEW'): string {
  return `INSERT INTO tenant_search_queue (tenant_id) VALUES (${row}.id);`;
}

function noteChanges(): string[] {
  const changed = LISTED.map((name) => `OLD.${name} IS NOT NEW.${name}`);
  return [
    `CREATE TRIGGER tenants_search_insert AFTER INSERT ON tenants BEGIN ${note('NEW')} END`,
    `CREATE TRIGGER tenants_search_update AFTER UPDATE OF ${LISTED.join(', ')} ON tenants WHEN ${changed.join(' OR ')} BEGIN ${note('OLD')} ${note('NEW')} END`,
    `CREATE TRIGGER tenants_search_delete AFTER DELETE ON tenants BEGIN ${note('OLD')} END`,
  ];
}

/** Counting 100,000 rows takes longer than listing 100 of them. */
function keepCounts(): string[] {
  const add = `INSERT OR IGNORE INTO tenant_counts (status, tenants) VALUES (NEW.status, 0); UPDATE tenant_counts SET tenants = tenants + 1 WHERE status = NEW.status;`;
  const subtract = `UPDATE tenant_counts SET tenants = tenants - 1 WHERE status = OLD.status;`;
  return [
    `CREATE TRIGGER tenant_search_added AFTER INSERT ON tenant_search BEGIN ${add} END`,
    `CREATE TRIGGER tenant_search_removed AFTER DELETE ON tenant_search BEGIN ${subtract} END`,
    `CREATE TRIGGER tenant_search_moved AFTER UPDATE OF status ON tenant_search BEGIN ${subtract} ${add} END`,
  ];
}
