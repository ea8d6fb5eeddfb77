import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config/config.error.js';
import { TenantsApi } from '../helpers/api.js';
import { hashOf } from '../helpers/database-files.js';
import { migrateHere, tokenIn } from '../helpers/database-setup.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { Service } from '../helpers/service.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

const KEY = { ENCRYPTION_KEY: legacy.encryption_key };

/** The fixture's table anew, with other columns, constraints or types. */
function remade(columns: string, after = ''): string {
  return `DROP INDEX ix_tenants_username; DROP INDEX ix_tenants_id;
    ALTER TABLE tenants RENAME TO before;
    CREATE TABLE tenants (${columns}) ${after};
    INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, created_at, updated_at)
      SELECT id, username, password_hash, business_name, openai_api_key, system_prompt, created_at, updated_at FROM before;
    DROP TABLE before;`;
}

const LOOSE =
  'id INTEGER, username TEXT, password_hash TEXT, business_name TEXT, openai_api_key TEXT, system_prompt TEXT, created_at DATETIME, updated_at DATETIME';
const BARE = remade(LOOSE);

interface Refused {
  what: string;
  sql: string;
  /** What the operator is told. */
  says: RegExp;
}

const refused: Refused[] = [
  {
    what: 'a column that must be given',
    // SQLite adds no such column to a table with rows.
    sql: remade(`${LOOSE}, plan TEXT NOT NULL DEFAULT NULL`).replace(
      /INSERT[^;]*;/,
      '',
    ),
    says: /plan sütunu zorunlu/,
  },
  {
    what: 'a column whose name is needed',
    sql: 'ALTER TABLE tenants ADD COLUMN Status TEXT',
    says: /Status sütunu .* adı/,
  },
  {
    what: 'a column named like the time of deletion',
    sql: 'ALTER TABLE tenants ADD COLUMN deleted_at DATETIME',
    says: /deleted_at sütunu/,
  },
  {
    what: 'a computed column',
    sql: 'ALTER TABLE tenants ADD COLUMN shout TEXT AS (upper(username))',
    says: /shout sütunu hesaplanan/,
  },
  {
    what: 'a column too few',
    sql: 'ALTER TABLE tenants DROP COLUMN updated_at',
    says: /eksik: updated_at/,
  },
  {
    what: 'a unique index on what it lets be equal',
    sql: 'CREATE UNIQUE INDEX one_name ON tenants (business_name)',
    says: /one_name \(business_name\)/,
  },
  {
    what: 'a unique constraint on what has a default',
    sql: remade(`${LOOSE}, branch TEXT DEFAULT 'x'`).concat(
      'UPDATE tenants SET branch = id; CREATE UNIQUE INDEX one_branch ON tenants (branch);',
    ),
    says: /one_branch \(branch\)/,
  },
  {
    what: 'a unique expression',
    sql: 'CREATE UNIQUE INDEX one_length ON tenants (length(business_name))',
    says: /one_length \(ifade\)/,
  },
  {
    what: 'a trigger that calls a function which is not there',
    sql: 'CREATE TRIGGER call_python AFTER UPDATE ON tenants BEGIN SELECT notify_python(NEW.id); END',
    says: /call_python/,
  },
  {
    what: 'a trigger that writes to a table which is not there',
    sql: 'CREATE TRIGGER log_gone AFTER DELETE ON tenants BEGIN INSERT INTO gone VALUES (OLD.id); END',
    says: /log_gone/,
  },
  {
    what: 'the same name twice',
    sql: `${BARE} UPDATE tenants SET username = 'ayni' WHERE id IN (2, 3)`,
    says: /username birden fazla satırda; id: 2, 3/,
  },
  {
    what: 'more rows in the way than anybody wants to read',
    sql: `${BARE} WITH RECURSIVE n (i) AS (SELECT 11 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
      INSERT INTO tenants SELECT i, 'ayni', '', '', '', '', NULL, NULL FROM n`,
    says: /id: 11, 12, .*, 20 ve 20 tane daha/,
  },
  {
    what: 'no name',
    sql: `${BARE} UPDATE tenants SET username = NULL WHERE id = 2`,
    says: /username boş \(NULL\); id: 2/,
  },
  {
    what: 'a name in bytes',
    sql: "UPDATE tenants SET username = CAST('bayt' AS BLOB) WHERE id = 1",
    says: /username metin değil .*id: 1\n.*CAST/,
  },
  {
    what: 'a prompt in bytes',
    sql: "UPDATE tenants SET system_prompt = x'00ff' WHERE id IN (1, 3)",
    says: /system_prompt metin değil .*id: 1, 3/,
  },
  {
    what: 'ids below one',
    sql: 'UPDATE tenants SET id = -id WHERE id < 3',
    says: /tam sayı değil; id: -1, -2/,
  },
  {
    what: 'an id beyond what JavaScript counts',
    sql: 'UPDATE tenants SET id = 9223372036854775807 WHERE id = 3',
    says: /tam sayı değil; id: 9223372036854775807/,
  },
  {
    what: 'ids that are text or missing',
    sql: `${remade(LOOSE.replace('id INTEGER', 'id TEXT'))} UPDATE tenants SET id = NULL WHERE id = '2'`,
    says: /tam sayı değil; id: null, text, text/,
  },
  {
    what: 'the same id twice',
    sql: `${remade(LOOSE.replace('id INTEGER', 'id INT'))} UPDATE tenants SET id = 1 WHERE id = 2`,
    says: /aynı id .*id: 1, 1/,
  },
  {
    what: 'admins of another tool',
    sql: 'CREATE TABLE Admins (login TEXT)',
    says: /Admins \(table\)/,
  },
  {
    what: 'migrations of another tool',
    sql: "CREATE TABLE migrations (id INTEGER PRIMARY KEY, migration TEXT, batch INT); INSERT INTO migrations VALUES (1, 'x', 1)",
    says: /migrations \(table\)/,
  },
  {
    what: 'migrations of another project with the same tool',
    sql: "CREATE TABLE migrations (id INTEGER PRIMARY KEY, timestamp INTEGER, name TEXT); INSERT INTO migrations (timestamp, name) VALUES (1, 'Init1')",
    says: /migrations \(table\)/,
  },
  {
    what: 'an index and a trigger under names of ours',
    sql: `CREATE INDEX ix_tenants_username_folded ON tenants (username);
      CREATE TRIGGER tenants_search_delete AFTER DELETE ON tenants BEGIN SELECT 1; END`,
    says: /ix_tenants_username_folded \(index\), tenants_search_delete \(trigger\)/,
  },
  {
    what: 'a view in the place of the table',
    sql: 'ALTER TABLE tenants RENAME TO real_tenants; CREATE VIEW tenants AS SELECT * FROM real_tenants',
    says: /tenants bir tablo değil/,
  },
  {
    what: 'another table and no tenants, under a name of ours',
    sql: 'DROP TABLE tenants; CREATE TABLE audit_entries (text TEXT); CREATE VIEW admins AS SELECT 1',
    says: /admins \(view\)/,
  },
  {
    what: 'a type that SQLite takes for a rule when it is written anew',
    sql: remade(`${LOOSE}, mood [not null default]`),
    says: /tenants tablosu bu sürüme taşınamıyor: .*SQLITE_ERROR/,
  },
  {
    what: 'several faults, all at once',
    sql: `${BARE} UPDATE tenants SET username = NULL WHERE id = 1;
      ALTER TABLE tenants ADD COLUMN version INTEGER; CREATE TABLE admins (id)`,
    says: /version sütunu[^]*username boş[^]*admins \(table\)/,
  },
];

interface Adopted {
  what: string;
  sql: string;
  /** What `SELECT` gives afterwards. */
  gives?: [query: string, rows: unknown[]][];
  told?: RegExp;
}

const NAMES = 'SELECT username FROM tenants ORDER BY id';
const ALL_THREE = legacy.tenants
  .map(({ username }) => ({ username }))
  .toSorted((a, b) => (a.username < b.username ? -1 : 1));

const adopted: Adopted[] = [
  {
    what: 'extra columns, with their values, types and defaults',
    sql: `ALTER TABLE tenants ADD COLUMN "Telefon No" VARCHAR(20);
      ALTER TABLE tenants ADD COLUMN plan TEXT NOT NULL DEFAULT 'it''s free';
      UPDATE tenants SET "Telefon No" = '0212 ' || id, plan = 'pro' WHERE id < 3;`,
    gives: [
      [
        `SELECT "Telefon No" AS phone, plan FROM tenants ORDER BY id`,
        [
          { phone: '0212 1', plan: 'pro' },
          { phone: '0212 2', plan: 'pro' },
          { phone: null, plan: "it's free" },
        ],
      ],
      [
        `SELECT type, "notnull" AS must, dflt_value AS value FROM pragma_table_info('tenants') WHERE name IN ('Telefon No', 'plan') ORDER BY cid`,
        [
          { type: 'VARCHAR(20)', must: 0, value: null },
          { type: 'TEXT', must: 1, value: "'it''s free'" },
        ],
      ],
    ],
    told: /Ek sütunlar korundu: Telefon No, plan/,
  },
  {
    what: 'an extra column whose default is computed',
    sql: remade(
      `${LOOSE}, joined_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP`,
    ),
    gives: [
      [
        `SELECT dflt_value AS value FROM pragma_table_info('tenants') WHERE name = 'joined_at'`,
        [{ value: 'CURRENT_TIMESTAMP' }],
      ],
      ['SELECT count(joined_at) AS filled FROM tenants', [{ filled: 3 }]],
    ],
  },
  {
    what: 'defaults that are names, in quotes or bare, or end in a comment',
    sql: remade(`${LOOSE}, plan TEXT NOT NULL DEFAULT "free ""plan""", branch TEXT DEFAULT merkez, tone TEXT DEFAULT ('x' -- said
      )`),
    gives: [
      [
        'SELECT DISTINCT plan, branch, tone FROM tenants',
        [{ plan: 'free "plan"', branch: 'merkez', tone: 'x' }],
      ],
      [
        `SELECT group_concat(dflt_value, '; ') AS defaults FROM pragma_table_info('tenants') WHERE name IN ('plan', 'branch')`,
        [{ defaults: '"free ""plan"""; merkez' }],
      ],
    ],
  },
  {
    what: 'views that are broken, of the table and of others',
    sql: `CREATE TABLE gone (a); CREATE VIEW broken AS SELECT a FROM gone; DROP TABLE gone;
      CREATE VIEW no_column AS SELECT telephone FROM tenants;`,
    gives: [
      [
        "SELECT count(*) AS views FROM sqlite_master WHERE type = 'view'",
        [{ views: 2 }],
      ],
    ],
  },
  {
    what: 'triggers, which do not run over the adoption itself',
    sql: `CREATE TABLE journal (tenant_id, what);
      CREATE TRIGGER "on change" AFTER UPDATE ON tenants BEGIN INSERT INTO journal VALUES (NEW.id, 'changed'); END;
      CREATE TRIGGER on_insert AFTER INSERT ON tenants BEGIN INSERT INTO journal VALUES (NEW.id, 'made'); END;`,
    gives: [
      ['SELECT * FROM journal', []],
      [
        `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'on%' ORDER BY 1`,
        [{ name: 'on change' }, { name: 'on_insert' }],
      ],
    ],
    told: /Tetikleyiciler korundu: on change, on_insert/,
  },
  {
    what: 'indexes, partial, computed and unique ones',
    sql: `CREATE INDEX by_business ON tenants (business_name COLLATE NOCASE DESC);
      CREATE INDEX by_length ON tenants (length(system_prompt)) WHERE updated_at IS NULL;
      CREATE UNIQUE INDEX by_pair ON tenants (business_name, username);
      ALTER TABLE tenants ADD COLUMN tax_no TEXT;
      CREATE UNIQUE INDEX by_tax ON tenants (tax_no);`,
    gives: [
      [
        `SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'by%' ORDER BY 1`,
        ['by_business', 'by_length', 'by_pair', 'by_tax'].map((name) => ({
          name,
        })),
      ],
    ],
    told: /Dizinler korundu: by_business, by_length, by_pair, by_tax/,
  },
  {
    what: 'a UNIQUE of the table itself',
    sql: `${remade(`${LOOSE}, tax_no TEXT UNIQUE, UNIQUE (username)`)} CREATE TABLE UX_tenants_0 (a)`,
    gives: [
      [
        `SELECT sql FROM sqlite_master WHERE name = 'ux_tenants_1'`,
        [
          {
            sql: expect.stringMatching(
              /UNIQUE INDEX .* \("tax_no"\)/,
            ) as unknown,
          },
        ],
      ],
    ],
  },
  {
    what: 'NULL in every column that may be empty',
    sql: `${BARE} UPDATE tenants SET openai_api_key = NULL, business_name = NULL, system_prompt = NULL, password_hash = NULL WHERE id = 2`,
    gives: [
      [
        'SELECT openai_api_key AS a, business_name AS b, system_prompt AS c, password_hash AS d FROM tenants WHERE id = 2',
        [{ a: '', b: '', c: '', d: '' }],
      ],
    ],
    told: /openai_api_key sütununda NULL olan 1 satır/,
  },
  {
    what: 'password hashes that are dearer than ours, which stay',
    sql: `UPDATE tenants SET password_hash = '$2b$13$' || substr(password_hash, 8) WHERE id = 1;
      UPDATE tenants SET password_hash = '$2y$15$' || substr(password_hash, 8) WHERE id = 3;`,
    gives: [
      [
        "SELECT id FROM tenants WHERE password_hash GLOB '$2?$1[35]$*' ORDER BY id",
        [{ id: 1 }, { id: 3 }],
      ],
    ],
    told: /2 parola özeti 12’den yüksek maliyetli \(id: 1, 3\)/,
  },
  {
    what: 'names that differ only in case, and no unique index',
    sql: `${BARE} UPDATE tenants SET username = 'AHMET_DIS' WHERE id = 2`,
    gives: [
      [
        `SELECT id FROM tenants WHERE lower(username) = 'ahmet_dis' ORDER BY id`,
        [{ id: 1 }, { id: 2 }],
      ],
    ],
  },
  {
    what: 'a table WITHOUT ROWID',
    sql: remade(
      LOOSE.replace('id INTEGER', 'id INTEGER PRIMARY KEY'),
      'WITHOUT ROWID',
    ),
  },
  {
    what: 'a table that is written in capitals',
    sql: 'ALTER TABLE tenants RENAME TO t; ALTER TABLE t RENAME TO TENANTS',
  },
  {
    what: 'a table whose columns have no types',
    sql: remade(LOOSE.replaceAll(/ (?:TEXT|DATETIME|INTEGER)/g, '')),
  },
  {
    what: 'dates in other forms',
    sql: `UPDATE tenants SET created_at = 1700000000 WHERE id = 1;
      UPDATE tenants SET created_at = 2460000.5, updated_at = x'00' WHERE id = 2;
      UPDATE tenants SET created_at = '01.02.2024', updated_at = '' WHERE id = 3;`,
  },
  {
    what: 'an id that a 32-bit number cannot hold',
    sql: 'UPDATE tenants SET id = 4294967297 WHERE id = 3',
    gives: [['SELECT max(id) AS id FROM tenants', [{ id: 4_294_967_297 }]]],
  },
  {
    what: 'tables of other tools beside it',
    sql: `CREATE TABLE alembic_version (version_num VARCHAR(32)); INSERT INTO alembic_version VALUES ('1975ea83b712');
      CREATE TABLE appointments (id INTEGER PRIMARY KEY, tenant_id REFERENCES tenants (id));
      INSERT INTO appointments VALUES (1, 2);
      CREATE TRIGGER forget AFTER DELETE ON appointments BEGIN UPDATE tenants SET updated_at = NULL WHERE id = OLD.tenant_id; END;
      CREATE VIEW names AS SELECT username FROM tenants;`,
    gives: [
      ['SELECT * FROM appointments', [{ id: 1, tenant_id: 2 }]],
      ['SELECT * FROM names ORDER BY username', ALL_THREE],
      [
        `SELECT sql LIKE '%REFERENCES tenants (id)%' AS kept FROM sqlite_master WHERE name = 'appointments'`,
        [{ kept: 1 }],
      ],
    ],
  },
];

function prepare(
  statements: string,
): Promise<{ folder: string; file: string }> {
  const folder = workspaceForTest();
  const file = copyLegacyDatabase(folder);
  return withDatabase(file, async (database) => {
    await database.exec(`PRAGMA legacy_alter_table = ON; ${statements}`);
    return { folder, file };
  });
}

describe('an old database that would lose something', () => {
  it.each(refused)('is refused for $what', async ({ sql: odd, says }) => {
    const { folder, file } = await prepare(odd);
    const hash = hashOf(file);
    const adoption = migrateHere(file, KEY);

    await expect(adoption).rejects.toThrow(ConfigError);
    await expect(adoption).rejects.toThrow(says);
    await expect(adoption).rejects.toThrow(/^ {2}DATABASE_URL: /m);
    expect(hashOf(file)).toBe(hash);
    expect(readdirSync(folder)).toEqual(['randevu_asistani.db']);
  });
});

describe('an old database with more than the old application made', () => {
  it.each(adopted)(
    'is adopted with $what',
    async ({ sql: odd, gives = [], told }) => {
      const { file } = await prepare(odd);
      const before = await sql(file, NAMES);
      const output = await migrateHere(file, KEY);

      expect(await sql(file, NAMES)).toEqual(before);
      for (const [query, rows] of gives)
        expect(await sql(file, query)).toEqual(rows);
      expect(output).toMatch(told ?? /devralındı/);
      expect(await sql(file, 'PRAGMA integrity_check')).toEqual([
        { integrity_check: 'ok' },
      ]);
      expect(
        await sql(file, 'SELECT count(*) AS queued FROM tenant_search_queue'),
      ).toEqual([{ queued: 3 }]);
      expect(await migrateHere(file, KEY)).toBe('');
    },
  );
});

describe('an adopted database, in use', () => {
  it('deletes a tenant that tables of others refer to, and touches none of their rows', async () => {
    const { folder, file } = await prepare(
      `CREATE TABLE kept (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL REFERENCES tenants (id));
       CREATE TABLE cascading (id INTEGER PRIMARY KEY, tenant_id INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE);
       CREATE TABLE nulled (id INTEGER PRIMARY KEY, tenant_id INTEGER REFERENCES tenants (id) ON DELETE SET NULL);
       INSERT INTO kept VALUES (1, 1); INSERT INTO cascading VALUES (1, 1); INSERT INTO nulled VALUES (1, 1);`,
    );
    const service = await Service.start(folder, KEY);
    await sql(
      file,
      "INSERT INTO tenant_sessions (id_hash, tenant_id, password_tag, last_used_at, expires_at) VALUES ('h', 1, 't', '2099-01-01 00:00:00', '2099-01-01 00:00:00')",
    );
    const api = new TenantsApi(service.url, await tokenIn(file));
    const { status } = await api.delete(1);
    const restored = await api.restore(1);
    await service.stop();

    expect(status).toBe(204);
    expect(restored.status).toBe(200);
    for (const table of ['kept', 'cascading', 'nulled'])
      expect(await sql(file, `SELECT * FROM ${table}`)).toEqual([
        { id: 1, tenant_id: 1 },
      ]);
    // What is ours goes with the tenant, and does not come back with it.
    expect(await sql(file, 'SELECT * FROM tenant_sessions')).toEqual([]);
  });

  it('brings extra columns back from the bin, and fills those that came in between', async () => {
    const { folder, file } = await prepare(
      `ALTER TABLE tenants ADD COLUMN "phone no" TEXT; UPDATE tenants SET "phone no" = 'x' || id;`,
    );
    let service = await Service.start(folder, KEY);
    let api = new TenantsApi(service.url, await tokenIn(file));
    const first = await api.delete(1);
    await service.stop();
    await sql(
      file,
      "ALTER TABLE tenants ADD COLUMN plan TEXT NOT NULL DEFAULT 'free'",
    );
    await sql(file, "UPDATE tenants SET plan = 'pro' WHERE id = 2");
    service = await Service.start(folder, KEY);
    api = new TenantsApi(service.url, await tokenIn(file));
    const second = await api.delete(2);
    const restored = [await api.restore(1), await api.restore(2)];
    const created = await api.create();
    await service.stop();

    expect(
      [first, second, ...restored, created].map(({ status }) => status),
    ).toEqual([204, 204, 200, 200, 201]);
    expect(
      await sql(
        file,
        'SELECT "phone no" AS phone, plan FROM tenants ORDER BY id',
      ),
    ).toEqual([
      { phone: 'x1', plan: 'free' },
      { phone: 'x2', plan: 'pro' },
      { phone: 'x3', plan: 'free' },
      { phone: null, plan: 'free' },
    ]);
  });

  it('lists and opens rows with dates, prompts and names of every kind', async () => {
    const { folder, file } = await prepare(
      `${BARE} UPDATE tenants SET openai_api_key = NULL, business_name = NULL, created_at = 1700000000, updated_at = x'00' WHERE id = 1;
       UPDATE tenants SET id = 4294967297, created_at = '01.02.2024' WHERE id = 3;`,
    );
    const service = await Service.start(folder, KEY);
    const api = new TenantsApi(service.url, await tokenIn(file));
    const list = await api.list();
    const changed = await api.patch(4_294_967_297, { business_name: 'Yeni' });
    const one = await api.get(1);
    await service.stop();

    expect(list.status).toBe(200);
    expect(list.body.map(({ id }) => id)).toEqual([1, 2, 4_294_967_297]);
    expect(changed.status).toBe(200);
    expect(one.body).toMatchObject({
      business_name: '',
      openai_api_key_state: 'missing',
      created_at: null,
      updated_at: null,
    });
  });
});
