import { join } from 'node:path';
import type { RunResult } from 'sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PreparingDatabase } from '../../src/database/sqlite/prepared-statements.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const ADD = 'INSERT INTO words (word) VALUES (?)';
const COUNT = 'SELECT count(*) AS words FROM words';
const FIND = 'SELECT id FROM words WHERE word = ?';

function close(opened: PreparingDatabase): Promise<void> {
  return new Promise((resolve, reject) =>
    opened.close((error) => (error === null ? resolve() : reject(error))),
  );
}

describe(PreparingDatabase.name, () => {
  const folder = makeWorkspace();
  let database: PreparingDatabase;

  beforeAll(async () => {
    database = await open();
    await all('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)');
  });
  afterAll(async () => {
    await close(database);
    removeWorkspace(folder);
  });

  function open(): Promise<PreparingDatabase> {
    return new Promise((resolve, reject) => {
      const opened = new PreparingDatabase(join(folder, 'words.db'), (error) =>
        error === null ? resolve(opened) : reject(error),
      );
    });
  }

  function all<Row>(
    sql: string,
    params: unknown[] = [],
    on = database,
  ): Promise<Row[]> {
    return new Promise((resolve, reject) =>
      on.all(sql, params, (error: Error | null, rows: Row[]) =>
        error === null ? resolve(rows) : reject(error),
      ),
    );
  }

  function run(
    sql: string,
    params: unknown[] = [],
  ): Promise<{ lastID: number; changes: number }> {
    return new Promise((resolve, reject) =>
      database.run(
        sql,
        params,
        function done(this: RunResult, error: Error | null) {
          const { lastID, changes } = this;
          return error === null ? resolve({ lastID, changes }) : reject(error);
        },
      ),
    );
  }

  it('gives each call its own values and its own outcome', async () => {
    for (const word of ['bir', 'iki', 'üç'])
      expect((await run(ADD, [word])).changes).toBe(1);
    const { lastID } = await run(ADD, ['dört']);

    expect(await all(FIND, ['dört'])).toEqual([{ id: lastID }]);
    expect(await all(FIND, ['yok'])).toEqual([]);
    expect(await all(FIND, [undefined])).toEqual([]);
    const found = await Promise.all(
      ['bir', 'iki', 'üç', 'dört'].map((word) =>
        all<{ id: number }>(FIND, [word]),
      ),
    );
    expect(found.flat().map(({ id }) => id)).toEqual([1, 2, 3, lastID]);
  });

  it('answers a statement that is broken as often as it is asked, alone and at once', async () => {
    const broken = 'SELECT nothing FROM nowhere';
    for (let round = 0; round < 3; round += 1) {
      const asked = [1, 2, 3].map(() => all(broken));
      for (const outcome of await Promise.allSettled(asked))
        expect(outcome.status).toBe('rejected');
    }
  });

  it('goes on after a refused value', async () => {
    await expect(run(ADD, ['bir'])).rejects.toThrow(/UNIQUE/);
    await expect(run(ADD, ['bir'])).rejects.toThrow(/UNIQUE/);
    expect((await run(ADD, ['beş'])).changes).toBe(1);
  });

  it('leaves no transaction open, so that others see and do what comes next', async () => {
    const other = await open();
    for (const word of ['altı', 'yedi', 'sekiz']) {
      const [before] = await all<{ words: number }>(COUNT, [], other);
      await all('BEGIN IMMEDIATE');
      await run(ADD, [word]);
      await all('COMMIT');
      await all(
        "UPDATE words SET word = 'dokuz' WHERE word = 'yok'",
        [],
        other,
      );
      const [after] = await all<{ words: number }>(COUNT, [], other);
      expect(after?.words).toBe((before?.words ?? 0) + 1);
    }
    // A write that gives rows is done in full, whichever way it is asked.
    const change =
      "UPDATE words SET word = word || '!' WHERE id = 1 RETURNING id";
    for (let round = 0; round < 3; round += 1) {
      await run(change);
      expect(await all(change, [], other)).toEqual([{ id: 1 }]);
    }
    await close(other);
  });

  it('follows a table that changes', async () => {
    const everything = 'SELECT * FROM words WHERE id = 2';
    await all(everything);
    expect(Object.keys((await all<object>(everything))[0] ?? {})).toHaveLength(
      2,
    );
    await all('ALTER TABLE words ADD COLUMN meaning TEXT');
    expect(Object.keys((await all<object>(everything))[0] ?? {})).toHaveLength(
      3,
    );
  });

  it('drops the oldest of many, also while they run, and closes at any time', async () => {
    const many = await open();
    const answers: Promise<{ n: number }[]>[] = [];
    for (let round = 0; round < 2; round += 1)
      for (let n = 0; n < 500; n += 1)
        answers.push(all<{ n: number }>(`SELECT ${n} AS n`, [], many));
    const found = await Promise.all(answers);
    expect(found.map(([row], index) => row?.n === index % 500)).not.toContain(
      false,
    );
    const last = all(COUNT, [], many);
    await close(many);
    expect(await last).toHaveLength(1);
  });
});
