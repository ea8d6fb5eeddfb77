import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import {
  type CorpusRow,
  corpusRows,
  insertRows,
} from '../factories/tenant-corpus.js';
import { turkishNames } from '../factories/turkish-names.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

/** The folding that the issue asks for, letter by letter. */
const FOLDED = new Map(
  [...'ÇçĞğIİıÖöŞşÜüÂâÎîÛû‑ABCDEFGHJKLMNOPQRSTUVWXYZ'].map((letter, index) => [
    letter,
    'ccggiiioossuuaaiiuu‐abcdefghjklmnopqrstuvwxyz'[index] ?? '',
  ]),
);
const fold = (text: string): string =>
  [...text.normalize('NFC')]
    .map((letter) => FOLDED.get(letter) ?? letter)
    .join('')
    .replaceAll(/ +/g, ' ');

const collator = new Intl.Collator('tr');
const compareDates = (a: string | null, b: string | null): number =>
  (a ?? '') < (b ?? '') ? -1 : Number((a ?? '') > (b ?? ''));
const ORDERS: Record<string, (a: CorpusRow, b: CorpusRow) => number> = {
  id: (a, b) => a.id - b.id,
  username: (a, b) => collator.compare(a.username, b.username) || a.id - b.id,
  business_name: (a, b) =>
    collator.compare(a.business_name, b.business_name) || a.id - b.id,
  created_at: (a, b) => compareDates(a.created_at, b.created_at) || a.id - b.id,
  updated_at: (a, b) => compareDates(a.updated_at, b.updated_at) || a.id - b.id,
};
const SORTS = Object.keys(ORDERS).flatMap((field) => [field, `-${field}`]);

function sorted(rows: readonly CorpusRow[], sort: string): number[] {
  const order = ORDERS[sort.replace('-', '')];
  const ascending = rows.toSorted(order).map(({ id }) => id);
  return sort.startsWith('-') ? ascending.toReversed() : ascending;
}

const rows = corpusRows(turkishNames(2_000));

const NEEDLES = [
  ['sisli', 'ŞİŞLİ', 'şişli', 'ısparta', 'ISPARTA', 'isparta', 'İSPARTA'],
  ['Şi', 'ı', 'İ', 'k', 'ğ', 'â', 'Sû', 'a_b', '_', '%', '%50', '%5', '"'],
  ["'", "'Nur'", '(', '-A.Ş.', 'dis klin', 'DİŞ  KLİNİĞİ', '  diş  '],
  ['diş*', '"diş"', 'diş OR kuaför', 'NEAR(diş)', 'diş AND', 'search_text:'],
  ['a" OR "b', '--', "');", '\\', '‐nur', 'yok böyle biri', 'o\u0308zel'],
  ['lale 10', 'lâle', '2', '10', '&', 'yapı & dekor', '7', '-11', '_10'],
].flat();

const linksOf = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    [...(answer.header('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(
      ([, url, rel]) => [rel, url],
    ),
  );

const cursorOf = (content: unknown): string =>
  Buffer.from(JSON.stringify(content)).toString('base64url');

describe('GET /api/tenants', () => {
  let app: TestApp;
  let client: ApiClient;
  let database: TestDatabase;

  const list = (query: Record<string, string>): Promise<Answer> =>
    client.get(
      `/api/tenants/?${new URLSearchParams({ limit: '500', ...query }).toString()}`,
    );
  const idsOf = async (search: string): Promise<number[]> =>
    (await list({ search })).tenants.map(({ id }) => id);
  /** The ids of all pages, going on as each answer says. */
  async function allIds(query: Record<string, string>): Promise<number[]> {
    const ids: number[] = [];
    let after: string | undefined = '';
    while (after !== undefined) {
      const answer: Answer = await list({ ...query, after });
      ids.push(...answer.tenants.map(({ id }) => id));
      after = answer.header('x-next-cursor');
    }
    return ids;
  }

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

  it('has a corpus worth searching in', () => {
    const counts = NEEDLES.map(
      (needle) => rows.filter((row) => matches(row, needle)).length,
    );
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeGreaterThan(1_000);
    expect(counts).toContain(0);
  });

  it.each(NEEDLES)('finds what has %j in a name', async (needle) => {
    const expected = rows.filter((row) => matches(row, needle));
    const answer = await list({ search: needle });
    expect(answer.header('x-total-count')).toBe(String(expected.length));
    expect(answer.tenants.map(({ id }) => id)).toEqual(
      expected.slice(0, 500).map(({ id }) => id),
    );
  });

  it.each(SORTS)('sorts by %s', async (sort) => {
    expect(await allIds({ sort })).toEqual(sorted(rows, sort));
    const skipped = await list({ sort, skip: '1234', limit: '100' });
    expect(skipped.tenants.map(({ id }) => id)).toEqual(
      sorted(rows, sort).slice(1_234, 1_334),
    );
  });

  it.each(
    SORTS.flatMap((sort) =>
      ['diş', 'a', '', 'lale'].map((search) => [sort, search] as const),
    ),
  )(
    'filters, sorts by %s and searches for %j at once',
    async (sort, search) => {
      for (const status of ['suspended', 'active'] as const) {
        const expected = rows.filter(
          (row) => row.status === status && matches(row, search),
        );
        const first = await list({ sort, search, status, limit: '40' });
        expect(first.header('x-total-count')).toBe(String(expected.length));
        const inOrder = sorted(expected, sort);
        expect(first.tenants.map(({ id }) => id)).toEqual(inOrder.slice(0, 40));
        const after = first.header('x-next-cursor');
        expect(after !== undefined).toBe(expected.length > 40);
        if (after === undefined) continue;
        const query = { sort, search, status, after, limit: '40' };
        const second = await list({ ...query, skip: '3' });
        expect(second.tenants.map(({ id }) => id)).toEqual(
          inOrder.slice(43, 83),
        );
        for (const tenant of first.tenants) expect(tenant.status).toBe(status);
      }
    },
  );

  it('gives a bound token its own tenant, if it is among those asked for', async () => {
    const [own] = rows.filter((row) => matches(row, 'sisli'));
    const bound = client.as(await app.token([Scope.TenantsRead], own?.id));
    const asked = async (query: string): Promise<unknown> => {
      const answer = await bound.get(`/api/tenants/?${query}`);
      return [
        answer.tenants.map(({ id }) => id),
        answer.header('x-total-count'),
      ];
    };
    const found = [[own?.id], '1'];
    expect(await asked('')).toEqual(found);
    expect(await asked('search=sisli&sort=-business_name')).toEqual(found);
    expect(await asked('search=si')).toEqual(found);
    expect(await asked(`status=${own?.status}&after=`)).toEqual(found);
    expect(await asked('search=yok+boyle+biri')).toEqual([[], '0']);
    expect(await asked('skip=1')).toEqual([[], '1']);
    const other = own?.status === 'active' ? 'suspended' : 'active';
    expect(await asked(`status=${other}`)).toEqual([[], '0']);
  });

  describe('with links', () => {
    it('keeps those of skip and limit as they were', async () => {
      const answer = await client.get('/api/tenants/?skip=100&limit=100');
      expect(answer.header('link')).toBe(
        '</api/tenants/?skip=0&limit=100>; rel="first", </api/tenants/?skip=0&limit=100>; rel="prev", </api/tenants/?skip=200&limit=100>; rel="next", </api/tenants/?skip=1900&limit=100>; rel="last"',
      );
      expect(answer.header('x-next-cursor')).toBeDefined();
    });

    it('carries the filters with skip', async () => {
      const answer = await client.get(
        '/api/tenants/?search=di%C5%9F+%26&status=active&sort=-id&skip=0&limit=2',
      );
      expect(linksOf(answer).first).toBe(
        '/api/tenants/?search=di%C5%9F+%26&status=active&sort=-id&skip=0&limit=2',
      );
      expect(Object.keys(linksOf(answer))).toEqual(['first', 'last']);
    });

    it.each([
      'search=klini%C4%9Fi',
      'status=suspended&sort=-username',
      'after=',
    ])('leads through all of %s', async (query) => {
      const ids: number[] = [];
      let next: string | undefined = `/api/tenants/?${query}&limit=100`;
      let first: string | undefined;
      while (next !== undefined) {
        const answer: Answer = await client.get(next);
        ids.push(...answer.tenants.map(({ id }) => id));
        first ??= linksOf(answer).first;
        expect(linksOf(answer).first).toBe(first);
        expect(linksOf(answer)).not.toHaveProperty('last');
        next = linksOf(answer).next;
      }
      const once = await client.get(String(first));
      expect(ids).toHaveLength(Number(once.header('x-total-count')));
      expect(ids.slice(0, 100)).toEqual(once.tenants.map(({ id }) => id));
    });
  });

  describe('with hostile parameters', () => {
    it.each([
      ['status=ACTIVE', '/status', 'INVALID_FORMAT'],
      ['status=', '/status', 'INVALID_FORMAT'],
      ['status=active&status=active', '/status', 'INVALID_FORMAT'],
      ['sort=', '/sort', 'INVALID_FORMAT'],
      ['sort=--id', '/sort', 'INVALID_FORMAT'],
      ['sort=password_hash', '/sort', 'INVALID_FORMAT'],
      ['sort=id,username', '/sort', 'INVALID_FORMAT'],
      ['sort=id;DROP TABLE tenants', '/sort', 'INVALID_FORMAT'],
      ['sort=constructor', '/sort', 'INVALID_FORMAT'],
      ['sort=id&sort=id', '/sort', 'INVALID_FORMAT'],
      ['search=a&search=b', '/search', 'INVALID_FORMAT'],
      [`search=${'ş'.repeat(201)}`, '/search', 'TOO_LONG'],
      ['after=x', '/after', 'INVALID_FORMAT'],
      ['after=a&after=b', '/after', 'INVALID_FORMAT'],
      ['after=%00', '/after', 'INVALID_FORMAT'],
      [`after=${'A'.repeat(8_000)}`, '/after', 'INVALID_FORMAT'],
    ])('refuses %s', async (query, pointer, code) => {
      const answer = await client.get(`/api/tenants/?${encodeURI(query)}`);
      expect(answer.status).toBe(422);
      expect(answer.faults).toEqual([[pointer, code]]);
      const name = pointer.slice(1);
      expect(answer.problem.errors?.[0]?.message).toContain(name);
      const english = await client.get(`/api/tenants/?${encodeURI(query)}`, {
        headers: { 'accept-language': 'en' },
      });
      expect(english.problem.errors?.[0]?.message).toContain(name);
      expect(english.problem.errors?.[0]?.message).not.toBe(
        answer.problem.errors?.[0]?.message,
      );
    });

    it('names all that are bad', async () => {
      const query = 'status=x&sort=x&limit=0&search=a&search=b&after=a&after=b';
      const { faults } = await client.get(`/api/tenants/?${query}`);
      const pointers = faults.map(([pointer]) => pointer);
      expect(pointers.toSorted().join(' ')).toBe(
        '/after /limit /search /sort /status',
      );
    });

    it('refuses a cursor of another sort, and each that it has not made', async () => {
      const made = String(
        (await list({ sort: 'username', limit: '1' })).header('x-next-cursor'),
      );
      expect((await list({ sort: 'username', after: made })).status).toBe(200);
      for (const after of [
        `${made}=`,
        `${made} `,
        `${made}A`,
        made.slice(1),
        cursorOf(['username', 'a']),
        cursorOf(['username', 'a', 1, 1]),
        cursorOf(['username', 1, 1]),
        cursorOf(['username', null, 1]),
        cursorOf(['username', 'a', '1']),
        cursorOf(['username', 'a', 1.5]),
        cursorOf(['username', 'a', 0]),
        cursorOf(['username', 'a', 2 ** 60]),
        cursorOf(['username', 'a\0', 1]),
        cursorOf({ 0: 'username', 1: 'a', 2: 1, length: 3 }),
        Buffer.from('["username", "a", 1]').toString('base64url'),
        Buffer.from('[').toString('base64url'),
      ]) {
        const answer = await list({ sort: 'username', after });
        expect([after, answer.status]).toEqual([after, 422]);
        expect(answer.faults).toEqual([['/after', 'INVALID_FORMAT']]);
      }
      for (const sort of SORTS.filter((other) => other !== 'username'))
        expect((await list({ sort, after: made })).faults).toEqual([
          ['/after', 'INVALID_FORMAT'],
        ]);
    });

    it.each(['', '+', '%00', '%0A%09', '%CC%81'])(
      'takes the blank search=%s for none',
      async (search) => {
        const answer = await client.get(`/api/tenants/?search=${search}`);
        expect(answer.header('x-total-count')).toBe('2000');
      },
    );

    it.each([
      '%ED%A0%80',
      '%ff',
      '%zz',
      'a%00b%00c',
      '%F0%9F%A6%B7',
      '*'.repeat(200),
    ])('looks for search=%s literally', async (search) => {
      const answer = await client.get(`/api/tenants/?search=${search}`);
      expect([answer.status, answer.tenants]).toEqual([200, []]);
    });
  });

  describe('after writes of the old application', () => {
    it('finds a new row, its new name and no old one, at once', async () => {
      const id = await database.insertLegacyTenant({
        username: 'eski.uygulama',
        business_name: 'Çırağan Şekercisi',
      });
      expect(await idsOf('CIRAGAN')).toEqual([id]);
      expect(await idsOf('ski.uyg')).toEqual([id]);
      await database.run(
        "UPDATE tenants SET business_name = 'Böğürtlen' WHERE id = ?",
        id,
      );
      expect(await idsOf('ciragan')).toEqual([]);
      expect(await idsOf('BÖĞÜRT')).toEqual([id]);
      await database.run('UPDATE tenants SET id = 90000 WHERE id = ?', id);
      expect(await idsOf('bogurtlen')).toEqual([90_000]);
      await database.run('DELETE FROM tenants WHERE id = 90000');
      const gone = await list({ search: 'bogurtlen' });
      expect([gone.tenants, gone.header('x-total-count')]).toEqual([[], '0']);
    });

    it('finds an id that was deleted and is there again by its new name alone', async () => {
      const [row] = corpusRows(['Nergis Tuhafiye'], 91_000);
      if (row === undefined) throw new Error('there is no row');
      await insertRows(database, [row]);
      expect(await idsOf('nergis')).toEqual([91_000]);
      await database.run('DELETE FROM tenants WHERE id = 91000');
      await insertRows(database, [
        { ...row, username: 'baska', business_name: 'Menekşe' },
      ]);
      expect(await idsOf('nergis')).toEqual([]);
      expect(await idsOf('menekse')).toEqual([91_000]);
      await database.run(
        "INSERT OR REPLACE INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt) VALUES (91000, 'yine', 'x', 'Zambak', '', 'p')",
      );
      expect(await idsOf('menekse')).toEqual([]);
      expect(await idsOf('zambak')).toEqual([91_000]);
      await database.run('DELETE FROM tenants WHERE id = 91000');
    });

    it('lists rows that hold what no rule of ours allows', async () => {
      await database.run(
        `INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, created_at) VALUES
         (92000, '🦷 " ''', 'x', '', '', 'p', 'yesterday'), (92001, '', 'x', 7, '', 'p', 3),
         (92002, ?, 'x', ?, '', 'p', NULL)`,
        'u'.repeat(100_000),
        'ǻ̧각🦷'.repeat(50_000),
      );
      for (const sort of SORTS) {
        const ids = await allIds({ sort });
        expect(ids).toHaveLength(2_003);
        expect(new Set(ids).size).toBe(2_003);
      }
      expect(await idsOf('uuuuu')).toEqual([92_002]);
      await database.run('DELETE FROM tenants WHERE id >= 92000');
      expect((await list({ sort: '-username' })).header('x-total-count')).toBe(
        '2000',
      );
    });
  });

  it('keeps what it finds by as small as its tenants', async () => {
    await list({ sort: 'username' });
    const [left] = await database.all<Record<string, number>>(
      `SELECT (SELECT count(*) FROM tenant_search_queue) AS queue,
              (SELECT count(*) FROM tenant_search) AS rows,
              (SELECT count(*) FROM tenant_search_grams_docsize) AS grams,
              (SELECT sum(tenants) FROM tenant_counts) AS counted`,
    );
    expect(left).toEqual({
      queue: 0,
      rows: 2_000,
      grams: 2_000,
      counted: 2_000,
    });
  });
});

function matches(row: CorpusRow, needle: string): boolean {
  const folded = fold(needle).trim();
  return (
    fold(row.username).includes(folded) ||
    fold(row.business_name).includes(folded)
  );
}
