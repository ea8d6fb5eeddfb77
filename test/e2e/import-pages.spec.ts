import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const HASH = `$2b$12$${'x'.repeat(53)}`;
const FILE = 'musteriler.ndjson';

let app: TestApp;
let database: TestDatabase;
let page: PageClient;

beforeAll(async () => {
  app = await TestApp.start();
  database = new TestDatabase(app.databaseFile);
  await app.nest.get(AdminsService).create(ADMIN);
  page = await PageClient.signedIn(app.url);
});

afterAll(async () => {
  await database.close();
  await app.stop();
});

function line(username: string, fields: object = {}): string {
  return JSON.stringify({
    username,
    password_hash: HASH,
    business_name: `İşletme ${username}`,
    openai_api_key: 'sk-proj-gizli-gizli-gizli-0001',
    ...fields,
  });
}

async function send(
  content: string,
  fields: Record<string, string> = {},
): ReturnType<PageClient['upload']> {
  const _csrf = await page.tokenOf('/imports/new');
  return page.upload(
    '/imports/new',
    { _csrf, ...fields },
    { name: FILE, content },
  );
}

/** The import's page once it is done. */
function finished(path: string | null): Promise<string> {
  return vi.waitUntil(
    async () => {
      const { text } = await page.get(path ?? '');
      return text.includes('>Bitti</span>') && text;
    },
    { timeout: 30_000, interval: 100 },
  );
}

async function count(table: 'tenants' | 'tenant_imports'): Promise<number> {
  const rows = await database.all(`SELECT id FROM ${table}`);
  return rows.length;
}

describe('an import', () => {
  it('adds what is well, and tells line by line what is not', async () => {
    const lines = [
      line('ilk-satir'),
      '',
      '{bozuk',
      line('ş'),
      line('son-satir', { openai_api_key: '<b>kısa</b>' }),
      line('ilk-satir'),
    ];
    const { status, location } = await send(lines.join('\n'));
    expect(status).toBe(303);
    expect(location).toMatch(/^\/imports\/\d+$/);
    const text = await finished(location);
    expect(text).toContain('5 satırdan 5 tanesi işlendi');
    const rows = [
      ...text.matchAll(
        /<th scope="row">(\d+)<\/th>.*?app-faults">(.*?)<\/ul>/gs,
      ),
    ].map(
      ([, number, faults = '']) =>
        `${number} ${faults.replaceAll(/<[^>]+>/g, '').trim()}`,
    );
    expect(rows).toEqual([
      '3 Satırın tamamı: Satır okunamadı: JSON bozuk, çok derin ya da UTF-8 değil.',
      expect.stringMatching(/^4 Kullanıcı adı: /),
      expect.stringMatching(/^5 OpenAI API anahtarı: /),
      expect.stringMatching(/^6 Kullanıcı adı: Bu kullanıcı adı zaten/),
    ]);
    expect(text).not.toMatch(/sk-proj|b&gt;kısa|xxxx/);
    const [tenant] = await database.all<{ username: string }>(
      'SELECT username FROM tenants',
    );
    expect(tenant?.username).toBe('ilk-satir');
    const entries = await database.all<{ action: string; actor: string }>(
      `SELECT action, actor FROM audit_entries WHERE action IN ('tenants.imported', 'tenant.created')`,
    );
    expect(entries).toEqual([
      { action: 'tenants.imported', actor: 'admin:1' },
      { action: 'tenant.created', actor: 'admin:1' },
    ]);
    expect((await page.get('/imports')).text).toContain(`href="${location}"`);
  });

  it('adds nothing when it only checks', async () => {
    const before = await count('tenants');
    const { location } = await send(line('yalniz-denetim'), {
      dry_run: 'true',
    });
    const text = await finished(location);
    expect(text).toContain('Eklenebilecek</dt><dd>1<');
    expect(text).toContain('Bütün satırlar sorunsuz.');
    expect(text).toMatch(/<title>Denetim no\. \d+ /);
    expect(await count('tenants')).toBe(before);
  });

  it('names a field that there is not', async () => {
    const { location } = await send(line('fazla-alan', { 'tel/no': '1' }));
    expect(await finished(location)).toContain(
      '<span class="text-secondary">tel/no:</span> Böyle bir alan yok.',
    );
  });

  it.each([
    ['a spreadsheet', 'username;password\ngunes;x\n'],
    ['an array', `[\n${line('dizide')}\n]`],
    ['an object over several lines', JSON.stringify({ a: 1 }, null, 2)],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000'],
    ['UTF-16', Buffer.from(line('not-defteri'), 'utf16le').toString('latin1')],
  ])(
    'refuses %s at the form, and says what is expected',
    async (_, content) => {
      const before = await count('tenant_imports');
      const { status, text } = await send(content);
      expect(status).toBe(422);
      expect(text).toContain(
        'ilk satırı okunamadı. Her satırda bir müşterinin',
      );
      expect(await count('tenant_imports')).toBe(before);
    },
  );

  it.each([
    ['no file', undefined, 'Bir dosya seçin.'],
    ['an empty file', '', 'Dosyada hiç müşteri yok'],
    ['blank lines alone', '\n \r\n', 'Dosyada hiç müşteri yok'],
    ['too many lines', '{}\n'.repeat(10_001), '10.000 satır'],
  ])(
    'refuses %s beside the field, and leaves nothing behind',
    async (_, content, message) => {
      const before = await count('tenant_imports');
      const _csrf = await page.tokenOf('/imports/new');
      const file = content === undefined ? undefined : { name: FILE, content };
      const { status, text } = await page.upload(
        '/imports/new',
        { _csrf },
        file,
      );
      expect(status).toBe(422);
      expect(/id="file-error">([^<]*)/.exec(text)?.[1]).toContain(message);
      expect(await count('tenant_imports')).toBe(before);
    },
  );

  it.each([
    ['without a token', {}],
    ['with an empty one', { _csrf: '' }],
    ['with a wrong one', { _csrf: 'x'.repeat(43) }],
    ['with one in a field that only begins alike', { '_csrf[x]': 'TOKEN' }],
  ])('is refused %s, before anything is stored', async (_, fields) => {
    const before = await count('tenant_imports');
    const token = await page.tokenOf('/imports/new');
    const sent = Object.fromEntries(
      Object.entries<string>(fields).map(([name, value]) => [
        name,
        value.replace('TOKEN', token),
      ]),
    );
    const file = { name: FILE, content: line('csrf-siz') };
    expect((await page.upload('/imports/new', sent, file)).status).toBe(403);
    expect((await page.upload('/imports/new', sent)).status).toBe(403);
    expect((await page.post('/imports/new', sent)).status).toBe(403);
    expect(await count('tenant_imports')).toBe(before);
  });

  it('is refused with a token behind the file, where it comes too late', async () => {
    const before = await count('tenant_imports');
    const token = await page.tokenOf('/imports/new');
    const body = [
      '--x',
      `Content-Disposition: form-data; name="file"; filename="${FILE}"`,
      '',
      line('gec-kalan'),
      '--x',
      'Content-Disposition: form-data; name="_csrf"',
      '',
      token,
      '--x--',
      '',
    ].join('\r\n');
    const answer = await fetch(`${app.url}/imports/new`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: `vr_session=${page.session}`,
        'content-type': 'multipart/form-data; boundary=x',
      },
      body,
    });
    expect(answer.status).toBe(403);
    expect(await count('tenant_imports')).toBe(before);
  });

  it.each([
    [
      'a body that breaks off',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Dispo',
    ],
    ['no boundary', 'multipart/form-data', '--x--'],
    ['another kind of multipart', 'multipart/mixed; boundary=x', '--x--'],
    ['JSON', 'application/json', '{"_csrf":"x"}'],
  ])('meets %s without a fault of its own', async (_, type, body) => {
    const answer = await fetch(`${app.url}/imports/new`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `vr_session=${page.session}`, 'content-type': type },
      body,
    });
    expect(answer.status).toBe(403);
  });

  it('is for those who are signed in', async () => {
    const visitor = new PageClient(app.url);
    const file = { name: FILE, content: line('ziyaretci') };
    const { status, location } = await visitor.upload('/imports/new', {}, file);
    expect([status, location]).toEqual([303, '/login']);
    for (const path of [
      '/imports',
      '/imports/1',
      '/tenants/export?format=csv',
      '/bin',
    ])
      expect((await visitor.get(path)).location).toBe('/login');
  });

  it.each(['0', '01', 'x', '999999', '9'.repeat(40), '%00'])(
    'has no page %s',
    async (id) => {
      expect((await page.get(`/imports/${id}`)).status).toBe(404);
    },
  );
});

it('has a bound for each sender, and says so', async () => {
  for (let one = 1; one <= 3; one += 1)
    await database.all(
      `INSERT INTO tenant_imports (state, dry_run, actor, total, processed, added, failed, created_at)
       VALUES ('pending', 1, 'admin:1', 9, 0, 0, 0, datetime('now'))`,
    );
  const waiting = await page.get('/imports');
  const refused = await send(line('dorduncu'));
  await database.all('DELETE FROM tenant_imports WHERE total = 9');
  expect(waiting.text).toContain('>Sırada</span>');
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('Aynı anda en çok 3 içe aktarmanız olabilir.');
});

describe('an export', () => {
  it.each([
    ['csv', 'text/csv; charset=utf-8', /^\uFEFF?id;username;/],
    ['ndjson', 'application/x-ndjson; charset=utf-8', /^\{"id":\d/],
  ])(
    'comes as %s, is put on record and holds no secret',
    async (format, type, start) => {
      const { status, text, headers } = await page.get(
        `/tenants/export?format=${format}`,
      );
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toContain(`.${format}"`);
      expect(text).toMatch(start);
      expect(text).toContain('ilk-satir');
      expect(text).not.toMatch(/sk-proj|\$2b\$/);
      const [last] = await database.all<{ action: string; actor: string }>(
        'SELECT action, actor FROM audit_entries ORDER BY id DESC LIMIT 1',
      );
      expect(last).toEqual({ action: 'tenants.exported', actor: 'admin:1' });
    },
  );

  it.each(['xlsx', '', 'csv&format=csv'])(
    'is not made as %j',
    async (format) => {
      const { status } = await page.get(`/tenants/export?format=${format}`);
      expect(status).toBe(422);
    },
  );
});
