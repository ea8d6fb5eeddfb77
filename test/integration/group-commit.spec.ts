import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'sqlite3';
import { DataSource, type Driver } from 'typeorm';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from 'vitest';
import { isDatabaseUnavailable } from '../../src/database/query-errors.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { obeyingRules } from '../../src/database/sqlite/refused-writes.js';
import { hardenSqlite } from '../../src/database/sqlite/sqlite.js';
import { DatabaseFiles } from '../../src/database/sqlite/database-files.js';
import { Storage } from '../../src/database/sqlite/storage.js';
import { WriterLane } from '../../src/database/sqlite/writer-lane.js';
import { configFor, migrateHere } from '../helpers/database-setup.js';
import { TestDatabase } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

/** What became of each: its value, or the message of its error. */
async function outcomes(works: Promise<unknown>[]): Promise<unknown[]> {
  return (await Promise.allSettled(works)).map((settled) =>
    settled.status === 'fulfilled'
      ? settled.value
      : (settled.reason as Error).message,
  );
}

describe('a group of works', () => {
  const folder = makeWorkspace();
  const config = configFor(join(folder, 'test.db'));
  let writer: DataSource;
  let other: TestDatabase;
  let runner: WriterLane;
  let statements: string[];

  beforeAll(async () => {
    await migrateHere(config.database.path);
    other = new TestDatabase(config.database.path);
    await other.exec(
      `CREATE TABLE notes (name TEXT, filler BLOB);
       CREATE TABLE parents (id INTEGER PRIMARY KEY);
       CREATE TABLE children (parent REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)`,
    );
    writer = await hardenSqlite(
      await new DataSource(
        dataSourceOptions(config, 'writer', SCHEMA),
      ).initialize(),
    );
    connection().on('trace', (statement: string) => statements.push(statement));
  });

  afterAll(async () => {
    await writer.destroy();
    await other.close();
    removeWorkspace(folder);
  });

  beforeEach(() => {
    runner = new WriterLane(
      writer,
      new Storage(writer, new DatabaseFiles(writer)),
    );
    statements = [];
    // No group grows too old on a slow machine.
    vi.useFakeTimers({ toFake: ['performance'] });
  });

  afterEach(async () => {
    vi.useRealTimers();
    // Whatever has happened, the lane goes on.
    await runner.run((manager) => manager.query('DELETE FROM notes'));
  });

  function connection(): Database {
    return (writer.driver as Driver & { databaseConnection: Database })
      .databaseConnection;
  }

  function note(name: string, bytes = 0): Promise<string> {
    return runner.run(async (manager) => {
      await manager.query('INSERT INTO notes VALUES (?, zeroblob(?))', [
        name,
        bytes,
      ]);
      return name;
    });
  }

  /** Notes something, and then thinks better of it. */
  function noteAndThrow(name: string): Promise<string> {
    return runner.run(async (manager) => {
      await manager.query('INSERT INTO notes (name) VALUES (?)', [name]);
      throw new Error(`${name} has thrown`);
    });
  }

  async function noted(): Promise<string[]> {
    const rows = await other.all<{ name: string }>(
      'SELECT name FROM notes ORDER BY rowid',
    );
    return rows.map(({ name }) => name);
  }

  async function commits(): Promise<number> {
    // The driver tells what it has done a little later.
    await sleep(50);
    return statements.filter((statement) => statement === 'COMMIT').length;
  }

  it('shares a commit: 64 works at once need fewer than 10', async () => {
    const names = Array.from({ length: 64 }, (_, index) => `n${index}`);
    await Promise.all(names.map((name) => note(name)));

    expect(await noted()).toEqual(names);
    expect(await commits()).toBeLessThan(10);
    expect(await commits()).toBeGreaterThan(0);
  });

  it('loses a work that throws, and no other', async () => {
    const works = [note('a'), noteAndThrow('b'), note('c'), noteAndThrow('d')];

    expect(await outcomes(works)).toEqual([
      'a',
      'b has thrown',
      'c',
      'd has thrown',
    ]);
    expect(await noted()).toEqual(['a', 'c']);
    expect(await commits()).toBe(1);
  });

  it('commits nothing where all throw', async () => {
    expect(await outcomes([noteAndThrow('a'), noteAndThrow('b')])).toEqual([
      'a has thrown',
      'b has thrown',
    ]);
    expect(await noted()).toEqual([]);
    expect(await commits()).toBe(0);
  });

  it('is asked to come again where a rule of another work undoes it', async () => {
    await other.exec(
      `CREATE TRIGGER undo BEFORE INSERT ON notes WHEN NEW.name = 'b' BEGIN SELECT RAISE(ROLLBACK, 'no'); END`,
    );
    const before = note('a');
    const ruled = runner.run((manager) =>
      obeyingRules(manager.query("INSERT INTO notes (name) VALUES ('b')")),
    );
    const told = await Promise.allSettled([before, ruled]);
    await other.exec('DROP TRIGGER undo');

    expect(told).toMatchObject([
      { reason: { code: 'UNAVAILABLE' } },
      { reason: { code: 'WRITE_REFUSED' } },
    ]);
    expect(await noted()).toEqual([]);
  });

  it('tells nobody before the commit', async () => {
    const seen: string[][] = [];
    const look = async () => seen.push(await noted());
    const first = note('a').then(look);
    const second = noteAndThrow('b').catch(look);
    const last = runner.run(async (manager) => {
      await sleep(10);
      await manager.query("INSERT INTO notes (name) VALUES ('c')");
    });
    await Promise.all([first, second, last]);

    expect(seen).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ]);
  });

  it('is refused as a whole when what is done before the commit fails', async () => {
    let broken = true;
    runner.beforeCommit(() =>
      broken ? Promise.reject(new Error('hook')) : Promise.resolve(),
    );
    const works = [note('a'), noteAndThrow('b'), note('c')];

    expect(await outcomes(works)).toEqual(['hook', 'hook', 'hook']);
    expect(await noted()).toEqual([]);
    broken = false;
    await note('d');
    expect(await noted()).toEqual(['d']);
  });

  it('is refused as a whole when the commit fails', async () => {
    await writer.query('PRAGMA foreign_keys = ON');
    const orphan = runner.run((manager) =>
      manager.query('INSERT INTO children VALUES (1)'),
    );
    const told = await outcomes([note('a'), orphan, note('b')]);
    await writer.query('PRAGMA foreign_keys = OFF');

    for (const message of told)
      expect(message).toContain('FOREIGN KEY constraint failed');
    expect(await noted()).toEqual([]);
  });

  it('is refused as a whole when SQLite undoes it in the middle, and the next goes on', async () => {
    const [{ page_count: pages }] =
      await writer.query<[{ page_count: number }]>('PRAGMA page_count');
    await writer.query(`PRAGMA max_page_count = ${pages + 20}`);
    const works = [note('a'), note('too big', 1_000_000), note('b')];
    const told = await Promise.allSettled(works);
    await writer.query('PRAGMA max_page_count = 1000000');

    expect(told.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    for (const settled of told.slice(0, 2))
      expect(settled).toMatchObject({
        reason: { message: expect.stringContaining('SQLITE_FULL') },
      });
    expect(await noted()).toEqual(['b']);
  });

  it('hears of the managers of the works that stand', async () => {
    const heard: unknown[][] = [];
    runner.beforeCommit((_, works) => {
      heard.push([...works]);
      return Promise.resolve();
    });
    const own = await outcomes([
      runner.run((manager) => Promise.resolve(manager)),
      noteAndThrow('b'),
      runner.run((manager) => Promise.resolve(manager)),
    ]);

    expect(heard).toHaveLength(1);
    expect(heard[0]).toHaveLength(2);
    expect(heard[0]?.[0]).toBe(own[0]);
    expect(heard[0]?.[1]).toBe(own[2]);
    expect(own[0]).not.toBe(own[2]);
  });

  it('takes whoever comes while it is at work, in order, and ends in time', async () => {
    const late: Promise<string>[] = [];
    const first = runner.run(async (manager) => {
      await manager.query("INSERT INTO notes (name) VALUES ('first')");
      late.push(note('late 1'), note('late 2'));
      await sleep(1);
    });
    await first;
    expect(await noted()).toEqual(['first', 'late 1', 'late 2']);
    expect(await commits()).toBe(1);

    vi.useRealTimers();
    const slow = runner.run(() => sleep(60));
    const behind = note('behind');
    await slow;
    expect(await noted()).not.toContain('behind');
    await behind;
    await Promise.all(late);
    expect(await commits()).toBe(3);
  });

  it('lets each work see the context of its caller, before and after it waits', async () => {
    const caller = new AsyncLocalStorage<string>();
    const work = async () => {
      const before = caller.getStore();
      await sleep(1);
      return [before, caller.getStore()];
    };
    const inHook: unknown[] = [];
    runner.beforeCommit(() => {
      inHook.push(caller.getStore());
      return Promise.resolve();
    });
    const seen = await Promise.all(
      ['a', 'b', undefined].map((name) =>
        name === undefined
          ? runner.run(work)
          : caller.run(name, () => runner.run(work)),
      ),
    );

    expect(seen).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      [undefined, undefined],
    ]);
    expect(inHook).toEqual([undefined]);
  });

  it('is not failed by a lock that it can still wait for', async () => {
    vi.useRealTimers();
    await other.exec('BEGIN IMMEDIATE');
    const works = [note('a'), note('b'), note('c')];
    const told = Promise.allSettled(works);
    const [first] = await Promise.allSettled(works.slice(0, 1));
    await other.exec('COMMIT');

    expect(first).toMatchObject({ status: 'rejected' });
    expect(isDatabaseUnavailable((first as PromiseRejectedResult).reason)).toBe(
      true,
    );
    expect((await told).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await noted()).toEqual(['b', 'c']);
  });
});
