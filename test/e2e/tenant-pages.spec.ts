import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { TENANT_SORTS } from '../../src/tenants/search/tenant-filter.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

let app: TestApp;
let database: TestDatabase;
let page: PageClient;
let next = 0;

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

beforeEach(() => database.run('DELETE FROM tenants'));

function addTenant(business_name: string): Promise<number> {
  next += 1;
  return database.insertLegacyTenant({
    username: `sayfa-${next}`,
    business_name,
  });
}

/** Business names of the rows, from top to bottom. */
function namesIn(text: string): string[] {
  return [
    ...text.matchAll(/class="app-row-link"[^>]*><bdi>([^<]*)<\/bdi>/g),
  ].map(([, name = '']) => name);
}

/** What a page says in its flash message or alert. */
async function said(path: string): Promise<string> {
  const { text } = await page.get(path);
  return /role="status">(?:<svg.*?<\/svg>)<div>([^<]*)/s.exec(text)?.[1] ?? '';
}

async function statusOf(id: number): Promise<string> {
  const [row] = await database.all<{ status: string }>(
    'SELECT status FROM tenants WHERE id = ?',
    id,
  );
  return row?.status ?? 'gone';
}

async function act(
  action: string,
  id: readonly (number | string)[],
  back = '/?search=a',
) {
  const fields = { action, id: id.map(String), back };
  return page.submit('/tenants/bulk', fields, '/');
}

/** What an edit form of this version sends. */
function formOf(text: string): Record<string, string> {
  const hidden = text.matchAll(
    /<input type="hidden" name="((?:seen|keep)_\w+|version)" value="([^"]*)"/g,
  );
  return Object.fromEntries(
    [...hidden].map(([, name = '', value = '']) => [name, value]),
  );
}

async function deleted(name: string): Promise<number> {
  const id = await addTenant(name);
  await page.submit(`/tenants/${id}/delete`, {}, '/');
  return id;
}

describe('the list', () => {
  it('finds in any spelling, filters and sorts, and its links keep all of it', async () => {
    for (let count = 1; count <= 27; count += 1)
      await addTenant(`ŞİŞLİ ${count}`);
    const suspended = await addTenant('Şişli kapalı');
    await addTenant('Bodrum');
    await page.submit(`/tenants/${suspended}/suspend`, {}, '/');

    const found = await page.get(
      '/?search=sisli&status=active&sort=-business_name',
    );
    expect(namesIn(found.text)).toHaveLength(25);
    expect(namesIn(found.text)[0]).toBe('ŞİŞLİ 9');
    expect(found.text).toContain('27 müşteri bulundu');
    expect(found.text).toContain('aria-sort="descending"');
    expect(found.text).toContain(
      'href="/?search&#x3D;sisli&amp;status&#x3D;active&amp;sort&#x3D;-business_name&amp;page&#x3D;2"',
    );
    const second = await page.get(
      '/?search=sisli&status=active&sort=-business_name&page=2',
    );
    expect(namesIn(second.text)).toEqual(['ŞİŞLİ 10', 'ŞİŞLİ 1']);
    expect(
      namesIn((await page.get('/?search=&status=suspended&sort=')).text),
    ).toEqual(['Şişli kapalı']);
  });

  it.each(TENANT_SORTS)('is sorted by %s', async (sort) => {
    await addTenant('Bir');
    await addTenant('İki');
    const { status, text } = await page.get(`/?sort=${sort}`);
    expect([status, namesIn(text).length]).toEqual([200, 2]);
  });

  it('shows the last page of what is found to those who ask for a later one', async () => {
    await addTenant('Tek');
    const { status, location } = await page.get('/?search=tek&page=9');
    expect([status, location]).toEqual([303, '/?search=tek&page=1']);
  });

  it('says that nothing matches, and how to get out of it', async () => {
    await addTenant('Bodrum');
    const { status, text } = await page.get('/?search=%3Cb%3Eyok%22');
    expect(status).toBe(200);
    expect(text).toContain('Uyan müşteri yok');
    expect(text).toContain('Süzgeci temizle');
    expect(text).toContain('value="&lt;b&gt;yok&quot;"');
  });

  it.each([
    'sort=password_hash',
    'sort=--id',
    'sort=id&sort=id',
    'status=deleted',
    'status=active&status=active',
    'page=0',
    'page=1e3',
    'page=99999999',
    `search=${'x'.repeat(201)}`,
    'search=a&search=b',
    'search=%00%ff',
    'search[x]=1',
    'search=%25_%5C%27%22',
    `search=${encodeURIComponent('🦷'.repeat(200))}`,
    'sort[]=id',
    '__proto__=1',
  ])('meets %s without a fault of its own', async (query) => {
    await addTenant('Bodrum');
    expect([200, 422]).toContain((await page.get(`/?${query}`)).status);
  });

  it('sums up how many there are', async () => {
    await addTenant('Bir');
    const id = await addTenant('İki');
    await page.submit(`/tenants/${id}/suspend`, {}, '/');
    const { text } = await page.get('/');
    const figures = [
      ...text.matchAll(/app-figure-label">([^<]+)<.*?number">(\d+)</gs),
    ].map(([, label, number]) => `${label}: ${number}`);
    expect(figures).toEqual([
      'Etkin müşteri: 1',
      'Askıda: 1',
      'Anahtarı okunamayan: 0',
      'Bu ay eklenen: 0',
    ]);
    expect(text.match(/<rect /g)).toHaveLength(12);
  });
});

describe('several tenants at once', () => {
  it('are suspended after a question, and activated', async () => {
    const ids = [await addTenant('Bir'), await addTenant('İki')];
    const asked = await act('suspend', [...ids, 999_999, 'x', '-1']);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('2 müşteri askıya alınsın mı?');
    expect(asked.text).toContain('1 kayıt artık yok');
    expect(await Promise.all(ids.map(statusOf))).toEqual(['active', 'active']);

    const done = await act('suspend-confirmed', [...ids, 999_999]);
    expect([done.status, done.location]).toEqual([303, '/?search=a']);
    expect(await said('/')).toContain('2 müşteri askıya alındı; 1 kayıt');
    expect(await Promise.all(ids.map(statusOf))).toEqual([
      'suspended',
      'suspended',
    ]);

    await act('activate', ids);
    expect(await said('/')).toBe('2 müşteri etkinleştirildi.');
    expect(await Promise.all(ids.map(statusOf))).toEqual(['active', 'active']);
  });

  it('are exported alone, with cells that a Turkish spreadsheet program tells apart', async () => {
    const id = await addTenant('=1+1;"x"');
    await addTenant('Başka');
    const { status, text, headers } = await act('export', [id]);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename=/,
    );
    expect(text).toContain('id;username;business_name');
    expect(text).toContain(`"'=1+1;""x"""`);
    expect(text).not.toContain('Başka');
  });

  it('have to be selected', async () => {
    await addTenant('Bir');
    for (const action of ['suspend', 'activate', 'export']) {
      expect((await act(action, [])).status).toBe(303);
      expect(await said('/')).toBe('Önce listeden müşteri seçin.');
    }
  });

  it('are 500 at most', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => index + 1);
    expect((await act('activate', ids)).status).toBe(413);
    expect((await act('activate', ids.slice(1))).status).toBe(303);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil', '/\t/evil'])(
    'do not lead to %j',
    async (back) => {
      const id = await addTenant('Bir');
      expect((await act('activate', [id], back)).location).toBe('/');
    },
  );

  it('are left alone by an action that is none', async () => {
    const id = await addTenant('Bir');
    expect((await act('drop', [id])).status).toBe(303);
    expect(await statusOf(id)).toBe('active');
  });
});

describe('the page of a tenant', () => {
  it('suspends and activates, and tells what has happened', async () => {
    const id = await addTenant('Güneş');
    const answer = await page.submit(`/tenants/${id}/suspend`, {}, '/');
    expect([answer.status, answer.location]).toEqual([303, `/tenants/${id}`]);
    const suspended = await page.get(`/tenants/${id}`);
    expect(suspended.text).toContain('Müşteri askıya alındı.');
    expect(suspended.text).toContain('>Askıda</span>');
    await page.submit(`/tenants/${id}/activate`, {}, '/');

    const { text } = await page.get(`/tenants/${id}`);
    const history = text.slice(text.indexOf('app-history'));
    const sentences = [...history.matchAll(/<li><span>(.*?)<\/span><span/gs)];
    expect(
      sentences.map(([, html = '']) => html.replaceAll(/<[^>]+>/g, '')),
    ).toEqual([
      'zeynep, Güneş müşterisini yeniden etkinleştirdi',
      'zeynep, Güneş müşterisini askıya aldı',
    ]);
    expect(text).toContain(`/audit?target=tenant:${id}`);
  });
});

describe('two people', () => {
  const PROMPT = 'Sen bir sanal resepsiyonistsin.';

  async function open(id: number) {
    const username = `cift-${id}`;
    await database.run(
      'UPDATE tenants SET username = ?, system_prompt = ? WHERE id = ?',
      [username, PROMPT, id],
    );
    const form = formOf((await page.get(`/tenants/${id}/edit`)).text);
    return { ...form, username, business_name: 'İlk', system_prompt: PROMPT };
  }

  it('see both versions, choose field by field, and overwrite nothing that they have not seen', async () => {
    const id = await addTenant('İlk');
    const form = await open(id);
    const save = (fields: Record<string, string>) =>
      page.submit(`/tenants/${id}/edit`, fields, '/');
    expect(
      (await save({ ...form, business_name: 'Başkasının adı' })).status,
    ).toBe(303);

    const mine = {
      ...form,
      system_prompt: 'Benim yazdığım yeni talimat.',
      password: 'cok-gizli-parola',
    };
    const conflict = await save(mine);
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Başkasının adı');
    expect(conflict.text).toContain('Benim yazdığım yeni talimat.');
    expect(conflict.text).not.toContain('cok-gizli-parola');
    const chosen = [
      ...conflict.text.matchAll(
        /name="keep_(\w+)" value="(\w+)"(?: data-chosen-by="\w+")? checked/g,
      ),
    ].map(([, field, choice]) => `${field}: ${choice}`);
    // What was not touched gives way; what was typed stays, unless people say otherwise.
    expect(chosen).toEqual(['business_name: stored', 'system_prompt: typed']);
    expect(formOf(conflict.text)).toEqual({
      version: '2',
      keep_username: 'stored',
    });

    const answer = {
      ...formOf(conflict.text),
      keep_business_name: 'stored',
      business_name: 'İlk',
      keep_system_prompt: 'typed',
      system_prompt: 'Elle düzeltilmiş talimat.',
    };
    await database.run(
      'UPDATE tenants SET version = 3, business_name = ? WHERE id = ?',
      ['Üçüncünün adı', id],
    );
    const again = await save(answer);
    expect(again.status).toBe(409);
    expect(again.text).toContain('Üçüncünün adı');
    expect((await save({ ...answer, version: '3' })).status).toBe(303);
    const [row] = await database.all(
      'SELECT username, business_name, system_prompt, version FROM tenants WHERE id = ?',
      id,
    );
    expect(row).toEqual({
      username: form.username,
      business_name: 'Üçüncünün adı',
      system_prompt: 'Elle düzeltilmiş talimat.',
      version: 4,
    });
  });

  it('are not asked when they agree, but for secrets that cannot be compared', async () => {
    const id = await addTenant('İlk');
    const form = await open(id);
    const save = (fields: Record<string, string>) =>
      page.submit(`/tenants/${id}/edit`, fields, '/');
    await database.run('UPDATE tenants SET version = 2 WHERE id = ?', id);
    expect((await save(form)).status).toBe(303);
    const asked = await save({ ...form, password: 'cok-gizli-parola' });
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('Görünen alanlarda fark yok');
    expect(asked.text).not.toContain('cok-gizli-parola');
  });

  it.each(['0', '-1', 'x', '1e0', '9'.repeat(40)])(
    'are asked when a form names the version %s',
    async (version) => {
      const id = await addTenant('İlk');
      const form = { ...(await open(id)), version, business_name: 'Yeni' };
      const answer = await page.submit(`/tenants/${id}/edit`, form, '/');
      expect(answer.status).toBe(409);
    },
  );

  it('are asked again before a tenant goes that has changed', async () => {
    const id = await addTenant('İlk');
    const { version = '' } = formOf(
      (await page.get(`/tenants/${id}/delete`)).text,
    );
    await database.run(
      'UPDATE tenants SET version = 7, business_name = ? WHERE id = ?',
      ['Yeni ad', id],
    );
    const asked = await page.submit(`/tenants/${id}/delete`, { version }, '/');
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('Yeni ad');
    expect(await statusOf(id)).toBe('active');
    const { version: seen = '' } = formOf(asked.text);
    const done = await page.submit(
      `/tenants/${id}/delete`,
      { version: seen },
      '/',
    );
    expect([done.status, done.location]).toEqual([303, '/']);
    expect(await statusOf(id)).toBe('gone');
  });
});

describe('the bin', () => {
  it('tells who deleted what and how long it stays, and gives it back', async () => {
    const id = await deleted('Geri gelecek');
    const { text } = await page.get('/bin');
    expect(text).toContain('Geri gelecek');
    expect(text).toContain('<bdi>zeynep</bdi>');
    expect(text).toContain('30 gün');
    const answer = await page.submit(`/bin/${id}/restore`, {}, '/');
    expect([answer.status, answer.location]).toEqual([303, `/tenants/${id}`]);
    expect(await said(`/tenants/${id}`)).toBe('Müşteri geri alındı.');
    expect((await page.get(`/bin/${id}/restore`)).status).toBe(404);
  });

  it('asks for another name when the old one is in use', async () => {
    const id = await deleted('Adı alınan');
    const username = `sayfa-${next}`;
    await database.insertLegacyTenant({ username });
    const refused = await page.submit(`/bin/${id}/restore`, {}, '/');
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(
      /id="username-error">Bu kullanıcı adı zaten kullanılıyor/,
    );
    expect(refused.text).toContain(`value="${username}"`);
    const bad = await page.submit(`/bin/${id}/restore`, { username: 'ğ' }, '/');
    expect(bad.status).toBe(422);
    const restored = await page.submit(
      `/bin/${id}/restore`,
      { username: 'yeni-adi' },
      '/',
    );
    expect(restored.status).toBe(303);
    expect(await statusOf(id)).toBe('active');
  });

  it('deletes for good after a question', async () => {
    const id = await deleted('Gidecek');
    const asked = await page.get(`/bin/${id}/purge`);
    expect(asked.text).toContain('Bu işlem geri alınamaz.');
    const done = await page.submit(`/bin/${id}/purge`, {}, '/');
    expect([done.status, done.location]).toEqual([303, '/bin']);
    expect((await page.get(`/bin/${id}/purge`)).status).toBe(404);
    expect((await page.submit(`/bin/${id}/purge`, {}, '/')).status).toBe(404);
  });

  it.each(['0', '01', 'x', '1e1', '999999', '%00', '9'.repeat(40)])(
    'has no tenant %s',
    async (id) => {
      for (const action of ['restore', 'purge']) {
        expect((await page.get(`/bin/${id}/${action}`)).status).toBe(404);
        const sent = await page.submit(`/bin/${id}/${action}`, {}, '/');
        expect(sent.status).toBe(404);
      }
    },
  );
});
