import { copyFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asActor } from '../../src/audit/audit-context.js';
import { AuditLog } from '../../src/audit/audit-log.service.js';
import {
  type AuditVerdict,
  AuditVerifier,
} from '../../src/audit-trail/audit-verifier.service.js';
import { TransactionRunner } from '../../src/database/transaction-runner.js';
import { KeyAdoptionService } from '../../src/keys/key-adoption.service.js';
import { KeysService } from '../../src/keys/keys.service.js';
import { CreateTenantDto } from '../../src/tenants/dto/create-tenant.dto.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const COLUMNS = [
  'at',
  'actor',
  'action',
  'target',
  'fields',
  'address',
  'request_id',
  'mac',
];

const HEAD = 'SELECT entries, last_mac, seal FROM audit_head';

const newTenant = (): CreateTenantDto =>
  Object.assign(new CreateTenantDto(), tenantFactory.build());

describe('the audit chain', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const verify = (): Promise<AuditVerdict> =>
    app.nest.get(AuditVerifier).verify();
  const count = async (): Promise<number> => {
    const [row] = await sql<{ entries: number }>(
      app.databaseFile,
      'SELECT count(*) AS entries FROM audit_entries',
    );
    return row?.entries ?? -1;
  };

  it('has an entry for each of 500 parallel changes, without a gap', async () => {
    const tenants = app.nest.get(TenantsService);
    const { id } = await tenants.create(newTenant());
    const before = await count();
    await Promise.all(
      Array.from({ length: 500 }, (_, turn) =>
        tenants.update(id, { business_name: `Şube ${turn}` }),
      ),
    );
    expect(await count()).toBe(before + 500);
    expect(await verify()).toEqual({ whole: true, entries: before + 500 });
  });

  it('refuses to change or remove entries', async () => {
    for (const statement of [
      "UPDATE audit_entries SET actor = 'nobody' WHERE id = 1",
      'DELETE FROM audit_entries WHERE id = 1',
    ])
      await expect(sql(app.databaseFile, statement)).rejects.toThrow(
        'audit entries are never changed',
      );
  });

  it('takes the change back when it cannot be put on record', async () => {
    const tenants = app.nest.get(TenantsService);
    const { id, version } = await tenants.create(newTenant());
    await sql(
      app.databaseFile,
      "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    await expect(
      tenants.update(id, { business_name: 'Kayıtsız' }),
    ).rejects.toThrow('full');
    await expect(tenants.delete(id)).rejects.toThrow('full');
    await sql(app.databaseFile, 'DROP TRIGGER full');
    expect(await tenants.get(id)).toMatchObject({ version });
  });

  it('is verified, like the keys, while somebody else has the write lock', async () => {
    await withDatabase(app.databaseFile, async (other) => {
      await other.run('BEGIN IMMEDIATE');
      expect(await verify()).toMatchObject({ whole: true });
      expect(await app.nest.get(KeysService).verify()).toMatchObject({
        faults: [],
      });
      expect(await app.nest.get(KeyAdoptionService).adopt()).toEqual({
        adopted: [],
        refused: [],
      });
      await other.run('ROLLBACK');
    });
  });

  it('gives nothing away when the transaction is rolled back', async () => {
    const before = await count();
    await expect(
      app.nest.get(TransactionRunner).run(async (manager) => {
        await app.nest
          .get(AuditLog)
          .record(manager, { action: 'tenant.deleted', target: 'tenant:1' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await count()).toBe(before);
    expect(await verify()).toMatchObject({ whole: true });
  });
});

describe('the record of works that share a commit', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('says of each whose it was, and nothing of those that failed', async () => {
    const transactions = app.nest.get(TransactionRunner);
    const log = app.nest.get(AuditLog);
    const work = (id: number) =>
      asActor(`admin:${id}`, () =>
        transactions.run(async (manager) => {
          await log.record(manager, { action: 'tenants.exported' });
          await log.recordAll(manager, [
            { action: 'tenant.created', target: `tenant:${id}` },
            { action: 'tenant.deleted', target: `tenant:${id}` },
          ]);
          if (id % 3 === 0) throw new Error('undone');
        }),
      );
    const ids = Array.from({ length: 9 }, (_, index) => index + 1);
    await Promise.allSettled(ids.map(work));

    expect(
      await sql(
        app.databaseFile,
        'SELECT actor, action, target FROM audit_entries ORDER BY id',
      ),
    ).toEqual(
      [1, 2, 4, 5, 7, 8].flatMap((id) => [
        { actor: `admin:${id}`, action: 'tenants.exported', target: null },
        {
          actor: `admin:${id}`,
          action: 'tenant.created',
          target: `tenant:${id}`,
        },
        {
          actor: `admin:${id}`,
          action: 'tenant.deleted',
          target: `tenant:${id}`,
        },
      ]),
    );
    expect(await app.nest.get(AuditVerifier).verify()).toMatchObject({
      whole: true,
    });
  });

  it('takes thousands of entries at once', async () => {
    await app.nest.get(TransactionRunner).run((manager) =>
      app.nest.get(AuditLog).recordAll(
        manager,
        Array.from({ length: 5_000 }, () => ({ action: 'tenant.purged' })),
      ),
    );

    expect(await app.nest.get(AuditVerifier).verify()).toEqual({
      whole: true,
      entries: 5_018,
    });
  });

  it('refuses what is not part of a work that is running', async () => {
    const log = app.nest.get(AuditLog);
    const transactions = app.nest.get(TransactionRunner);
    const manager = await transactions.run((own) => Promise.resolve(own));

    await expect(
      log.record(manager, { action: 'tenants.exported' }),
    ).rejects.toThrow('outside of its transaction');
  });
});

describe('1,000 tamperings', () => {
  /** As it stood after each change. */
  const heads: { entries: number; last_mac: string; seal: string }[] = [];
  const random = mulberry32(20_261_122);
  const pick = (max: number): number => 1 + Math.floor(random() * max);
  let app: TestApp;
  let entries: number;

  beforeAll(async () => {
    app = await TestApp.start();
    const tenants = app.nest.get(TenantsService);
    const { id } = await tenants.create(newTenant());
    for (let turn = 0; turn < 60; turn += 1) {
      await tenants.update(id, { business_name: `Şube ${turn}` });
      heads.push(...(await sql<(typeof heads)[0]>(app.databaseFile, HEAD)));
    }
    const verdict = await app.nest.get(AuditVerifier).verify();
    entries = verdict.whole ? verdict.entries : 0;
    for (const change of ['update', 'delete'])
      await sql(app.databaseFile, `DROP TRIGGER audit_entries_no_${change}`);
  });
  afterAll(() => app.stop());

  /** Each gives the statements that tamper; all of them are rolled back after the look. */
  const kinds: Record<string, () => string[]> = {
    edit: () => {
      const column = COLUMNS[pick(COLUMNS.length) - 1] ?? 'mac';
      return [
        `UPDATE audit_entries SET ${column} = coalesce(${column}, '') || 'x' WHERE id = ${pick(entries)}`,
      ];
    },
    remove: () => [`DELETE FROM audit_entries WHERE id = ${pick(entries)}`],
    'remove and close the gap': () => {
      const id = pick(entries - 1);
      return [
        `DELETE FROM audit_entries WHERE id = ${id}`,
        `UPDATE audit_entries SET id = -id WHERE id > ${id}`,
        'UPDATE audit_entries SET id = -id - 1 WHERE id < 0',
        `UPDATE audit_head SET entries = entries - 1`,
      ];
    },
    swap: () => {
      const one = pick(entries - 1);
      const other = one + pick(entries - one);
      return [
        `UPDATE audit_entries SET id = -1 WHERE id = ${one}`,
        `UPDATE audit_entries SET id = ${one} WHERE id = ${other}`,
        `UPDATE audit_entries SET id = ${other} WHERE id = -1`,
      ];
    },
    'cut the tail': () => [
      `DELETE FROM audit_entries WHERE id > ${entries - pick(entries)}`,
    ],
    'cut the tail and move the head': () => {
      const last = entries - pick(entries - 1);
      return [
        `DELETE FROM audit_entries WHERE id > ${last}`,
        `UPDATE audit_head SET entries = ${last}, last_mac = (SELECT mac FROM audit_entries WHERE id = ${last})`,
      ];
    },
    add: () => [
      `INSERT INTO audit_entries SELECT ${entries + 1}, at, actor, action, target, fields, address, request_id, mac FROM audit_entries WHERE id = ${pick(entries)}`,
    ],
    'empty it': () => ['DELETE FROM audit_entries'],
    'empty it together with its head and key': () => [
      'DELETE FROM audit_entries',
      'DELETE FROM audit_head',
      'DELETE FROM audit_key',
    ],
    'take the head away': () => ['DELETE FROM audit_head'],
    'take the key away': () => ['DELETE FROM audit_key'],
    'replace the key': () => [
      'UPDATE audit_key SET token = (SELECT openai_api_key FROM tenants), mac = (SELECT openai_api_key_mac FROM tenants)',
    ],
    'damage the key': () => {
      const place = pick(90);
      return [
        `UPDATE audit_key SET token = substr(token, 1, ${place}) || char(65 + (unicode(substr(token, ${place + 1}, 1)) + 1) % 26) || substr(token, ${place + 2})`,
      ];
    },
    'rewind the head': () => [rewind(pick(heads.length - 1) - 1)],
  };
  function rewind(index: number): string {
    const head = heads[index];
    return `UPDATE audit_head SET entries = ${head?.entries}, last_mac = '${head?.last_mac}', seal = '${head?.seal}'`;
  }
  const names = Object.keys(kinds);

  it('are all found', async () => {
    const transactions = app.nest.get(TransactionRunner);
    const verifier = app.nest.get(AuditVerifier);
    const missed: string[] = [];
    for (let turn = 0; turn < 1_000; turn += 1) {
      const name = names[turn % names.length] ?? '';
      const statements = kinds[name]?.() ?? [];
      await transactions
        .run(async (manager) => {
          for (const statement of statements) await manager.query(statement);
          const verdict = await verifier.verify(undefined, manager);
          if (verdict.whole) missed.push(statements.join('; '));
          throw new Error('undo');
        })
        .catch((error: Error) => expect(error.message).toBe('undo'));
    }
    expect(missed).toEqual([]);
    expect(await verifier.verify()).toEqual({ whole: true, entries });
  }, 120_000);

  it('are told by the command, with the first bad entry', async () => {
    const copy = `${app.databaseFile}.copy`;
    await sql(app.databaseFile, 'PRAGMA wal_checkpoint(TRUNCATE)');
    copyFileSync(app.databaseFile, copy);
    await sql(copy, "UPDATE audit_entries SET actor = 'admin:99' WHERE id = 5");
    const tampered = await TestApp.start({ database: copy });
    expect(await tampered.nest.get(AuditVerifier).verify()).toEqual({
      whole: false,
      fault: 'entry',
      firstBad: 5,
    });
    await tampered.stop();
  });

  it('but for an older end with all behind it cut off, which only the entry that is kept elsewhere tells', async () => {
    const verifier = app.nest.get(AuditVerifier);
    const kept = await verifier.head();
    const older = heads[30];
    await app.nest
      .get(TransactionRunner)
      .run(async (manager) => {
        await manager.query(rewind(30));
        await manager.query(
          `DELETE FROM audit_entries WHERE id > ${older?.entries}`,
        );
        expect(await verifier.verify(undefined, manager)).toEqual({
          whole: true,
          entries: older?.entries,
        });
        expect(await verifier.verify(kept, manager)).toEqual({
          whole: false,
          fault: 'unexpected',
          firstBad: entries,
        });
        throw new Error('undo');
      })
      .catch((error: Error) => expect(error.message).toBe('undo'));
    expect(await verifier.verify(kept)).toEqual({ whole: true, entries });
  });
});

describe('a trail whose key and head were taken away', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    for (const change of ['update', 'delete'])
      await sql(app.databaseFile, `DROP TRIGGER audit_entries_no_${change}`);
  });
  afterAll(() => app.stop());

  const verify = () => app.nest.get(AuditVerifier).verify();
  const actions = async (): Promise<unknown[]> => {
    const rows = await sql(
      app.databaseFile,
      'SELECT id, action FROM audit_entries ORDER BY id',
    );
    return rows.map(({ id, action }) => [id, action]);
  };
  const takeAway = async (...tables: string[]): Promise<void> => {
    for (const table of tables)
      await sql(app.databaseFile, `DELETE FROM ${table}`);
  };

  it('is not whole, emptied or not, and goes on in a chain that says where it began anew', async () => {
    const tenants = app.nest.get(TenantsService);
    const { id } = await tenants.create(newTenant());
    await takeAway('audit_entries', 'audit_head', 'audit_key');
    expect(await verify()).toEqual({
      whole: false,
      fault: 'absent',
      firstBad: 1,
    });

    await tenants.update(id, { business_name: 'Yeni' });
    expect(await actions()).toEqual([
      [1, 'audit.restarted'],
      [2, 'tenant.updated'],
    ]);
    expect(await verify()).toEqual({
      whole: false,
      fault: 'restarted',
      firstBad: 1,
    });

    await takeAway('audit_head', 'audit_key');
    await tenants.update(id, { business_name: 'Daha yeni' });
    await tenants.update(id, { business_name: 'En yeni' });
    expect((await actions()).slice(2)).toEqual([
      [3, 'audit.restarted'],
      [4, 'tenant.updated'],
      [5, 'tenant.updated'],
    ]);
    expect(await verify()).toEqual({
      whole: false,
      fault: 'restarted',
      firstBad: 3,
    });
    await sql(
      app.databaseFile,
      "UPDATE audit_entries SET actor = 'admin:99' WHERE id = 4",
    );
    expect(await verify()).toEqual({
      whole: false,
      fault: 'entry',
      firstBad: 4,
    });
  });
});

/** A seeded generator (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c): the same tamperings each time. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
