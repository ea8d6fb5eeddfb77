import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TenantIndex } from '../../src/tenants/search/tenant-index.js';
import { corpusRows, insertRows } from '../factories/tenant-corpus.js';
import { randomNumbers, turkishNames } from '../factories/turkish-names.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const NAMES = turkishNames(2_500);
/** Names come twice, so that ties are broken as well. */
const rows = corpusRows([...NAMES, ...NAMES]);
const standing = new Set(rows.map(({ id }) => id).filter((id) => id % 5 !== 0));

const SORTS = ['id', 'username', 'business_name', 'created_at', 'updated_at'];

describe('paging through 5,000 tenants by cursor', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;
  const next = randomNumbers(42);
  let nextId = 100_000;
  let passing = rows.map(({ id }) => id).filter((id) => !standing.has(id));

  beforeAll(async () => {
    app = await TestApp.start();
    database = new TestDatabase(app.databaseFile);
    client = await ApiClient.of(app, await app.token());
    await insertRows(database, rows);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  it('leaves out as many as it is told to, from whichever end that is done', async () => {
    const ids = rows.map(({ id }) => id).toSorted((one, other) => one - other);
    const skips = [
      0, 999, 1_000, 2_500, 2_501, 4_900, 4_990, 4_999, 5_000, 9_999,
    ];
    for (const [sort, sorted] of [
      ['id', ids],
      ['-id', ids.toReversed()],
    ] as const)
      for (const skip of skips)
        for (const limit of [1, 100]) {
          const query = `sort=${sort}&skip=${skip}&limit=${limit}`;
          const answer = await client.get(`/api/tenants/?${query}`);
          expect(answer.tenants.map(({ id }) => id)).toEqual(
            sorted.slice(skip, skip + limit),
          );
          expect(answer.header('x-total-count')).toBe('5000');
          expect(answer.header('x-next-cursor') === undefined).toBe(
            skip + limit >= 5_000,
          );
        }
  });

  it('goes on from a place whose tenant another program deletes after it was looked up', async () => {
    const index = app.nest.get(TenantIndex);
    const path = '/api/tenants/?sort=username&limit=3';
    const before = (await client.get(path)).tenants.map(({ id }) => id);
    const ready = vi.spyOn(index, 'ready').mockImplementationOnce(async () => {
      await database.run('DELETE FROM tenants WHERE id = ?', [before[2]]);
    });
    const page = await client.get(path);

    expect(ready).toHaveBeenCalledOnce();
    expect(page.tenants.map(({ id }) => id)).toEqual(before.slice(0, 2));
    expect(page.header('x-next-cursor')).toBeDefined();
    const others = await client.get(
      `${path}&after=${page.header('x-next-cursor')}`,
    );
    expect(others.tenants).toHaveLength(3);
    passing = passing.filter((id) => id !== before[2]);
    standing.delete(before[2] ?? 0);
  });

  const anyOf = <T>(values: readonly T[]): T =>
    // The index is within the list.
    values[Math.floor(next() * values.length)] as T;

  /** Inserts, deletes, renames and moves of tenants that do not stand, by the old application and over the API. */
  async function disturb(): Promise<void> {
    const [renamed, redated, deleted, gone] = [anyOf, anyOf, anyOf, anyOf].map(
      (pick) => pick(passing),
    );
    const fresh = corpusRows(
      [anyOf(NAMES), anyOf(NAMES), anyOf(NAMES)],
      (nextId += 3),
    );
    await insertRows(database, fresh);
    await database.run('DELETE FROM tenants WHERE id = ?', gone);
    await database.run(
      "UPDATE tenants SET created_at = ?, updated_at = ?, username = 'r' || id WHERE id = ?",
      [`2026-03-${10 + Math.floor(next() * 18)} 10:00:00`, null, redated],
    );
    const answers = await Promise.all([
      client.patch(`/api/tenants/${renamed}`, { business_name: anyOf(NAMES) }),
      client.delete(`/api/tenants/${deleted}`),
    ]);
    for (const { status } of answers) expect([200, 204, 404]).toContain(status);
    passing = [
      ...passing.filter((id) => id !== deleted && id !== gone),
      ...fresh.map(({ id }) => id),
    ];
  }

  /** Follows the cursors to the end. @returns the ids on each page. */
  async function pages(
    query: string,
    meanwhile: () => Promise<void>,
  ): Promise<number[][]> {
    const found: number[][] = [];
    let after: string | undefined = '';
    while (after !== undefined) {
      const [answer]: [Answer, void] = await Promise.all([
        client.get(`/api/tenants/?${query}&limit=500&after=${after}`),
        meanwhile(),
      ]);
      found.push(answer.tenants.map(({ id }) => id));
      after = answer.header('x-next-cursor');
    }
    return found;
  }

  it.each([
    ...SORTS.flatMap((sort) => [`sort=${sort}`, `sort=-${sort}`]),
    'search=s&sort=business_name',
    'status=active&sort=-username',
  ])(
    'by %s misses and doubles none that stands while others come, go and change',
    async (query) => {
      const atRest = await pages(query, () => Promise.resolve());
      const expected = atRest.flat().filter((id) => standing.has(id));
      const disturbed = await pages(query, disturb);

      expect(expected.length).toBeGreaterThan(2_000);
      expect(disturbed.length).toBeGreaterThan(5);
      expect(disturbed.flat().filter((id) => standing.has(id))).toEqual(
        expected,
      );
      if (query.startsWith('sort'))
        expect(expected).toHaveLength(standing.size);
    },
  );
});
