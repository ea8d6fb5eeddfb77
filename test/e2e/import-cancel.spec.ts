import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ImportReportDto } from '../../src/imports/dto/import-report.dto.js';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { ApiTokensService } from '../../src/auth/api-tokens/api-tokens.service.js';
import { Scope } from '../../src/auth/scope.js';
import { TenantBinService } from '../../src/tenants/bin/tenant-bin.service.js';
import { importRow, ndjson, slowImport } from '../factories/import-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { ADMIN } from '../helpers/dashboard.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';

const PATH = '/api/tenants/imports';
/** Each takes a hash, so that there is time to cancel in between. */
const ROWS = 60;
const SECOND_ADMIN = { username: 'ikinci', password: 'kapı-önünde-ıhlamur' };

describe('an import', () => {
  let app: TestApp;
  let client: ApiClient;
  let imports: ImportsApi;
  let page: PageClient;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    imports = new ImportsApi(client);
    const admins = app.nest.get(AdminsService);
    await admins.create(ADMIN);
    await admins.create(SECOND_ADMIN);
    page = await PageClient.signedIn(app.url);
  });
  afterAll(() => app.stop());

  const rows = <Row>(statement: string, ...params: unknown[]) =>
    sql<Row>(app.databaseFile, statement, params);

  async function countTenants(name: string): Promise<number> {
    const found = await rows(
      'SELECT 1 FROM tenants WHERE username LIKE ?',
      `${name}-%`,
    );
    return found.length;
  }

  /** What all cancelled imports have in common; waits for the rows to be said to be so. */
  async function expectCancelled(
    path: string,
    name: string,
    reason: string,
  ): Promise<ImportReportDto> {
    const report = await vi.waitUntil(
      async () => {
        const seen = await imports.until(path);
        return seen.rows.every(({ state }) => state !== 'pending') && seen;
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(report).toMatchObject({ state: 'cancelled', cancel_reason: reason });
    expect(report.added).toBeLessThan(ROWS);
    expect(report.finished_at).not.toBeNull();
    expect(report.rows.filter(({ state }) => state === 'added')).toHaveLength(
      report.added,
    );
    expect(
      report.rows.filter(({ state }) => state === 'cancelled'),
    ).toHaveLength(ROWS - report.added);
    expect(await countTenants(name)).toBe(report.added);
    expect(await rows('SELECT 1 FROM tenant_import_payloads')).toEqual([]);
    return report;
  }

  function recordOf({ id }: { id: number }): Promise<unknown[]> {
    return rows(
      "SELECT actor, action, fields FROM audit_entries WHERE target = ? AND action <> 'tenants.imported'",
      `import:${id}`,
    );
  }

  it('is cancelled by hand: what is added stays, the rest is erased, and the next one has its turn', async () => {
    const path = await imports.start(slowImport('elle', ROWS));
    await imports.until(path, 1);
    const key = { 'idempotency-key': randomUUID() };
    const cancel = () =>
      client.send('POST', `${path}/cancel`, { headers: key });
    const answer = await cancel();
    expect([answer.status, answer.json]).toEqual([
      200,
      expect.objectContaining({
        state: 'cancelled',
        cancel_reason: 'requested',
      }),
    ]);
    const report = await expectCancelled(path, 'elle', 'requested');
    expect(report.added).toBeGreaterThan(0);
    expect(await recordOf(report)).toEqual([
      {
        actor: `token:${client.token?.slice(3, 11)}`,
        action: 'tenants.import_cancelled',
        fields: '',
      },
    ]);
    const replayed = await cancel();
    expect(replayed.header('idempotency-replayed')).toBe('true');
    expect(replayed.json).toEqual(answer.json);
    const again = await client.send('POST', `${path}/cancel/`);
    expect(again.json).toMatchObject({ state: 'cancelled' });
    expect(await recordOf(report)).toHaveLength(1);
    expect(await imports.run(ndjson([importRow('sonraki')]))).toMatchObject({
      state: 'finished',
      cancel_reason: null,
      added: 1,
    });
  });

  it('that is finished stays as it is', async () => {
    const report = await imports.run(ndjson([importRow('biten')]));
    const answer = await client.send('POST', `${PATH}/${report.id}/cancel`);
    expect([answer.status, answer.json]).toEqual([
      200,
      expect.objectContaining({
        state: 'finished',
        cancel_reason: null,
        finished_at: report.finished_at,
      }),
    ]);
    expect(await recordOf(report)).toEqual([]);
  });

  it('is cancelled by nobody who may not, and not where there is none', async () => {
    const report = await imports.run(ndjson([importRow('yetkisiz')]));
    const path = `${PATH}/${report.id}/cancel`;
    const reader = client.as(await app.token([Scope.TenantsRead]));
    const bound = client.as(
      await app.token(undefined, report.rows[0]?.tenant_id ?? 0),
    );
    expect((await reader.send('POST', path)).status).toBe(403);
    expect((await bound.send('POST', path)).status).toBe(403);
    expect((await client.as(null).send('POST', path)).status).toBe(401);
    const withBody = await client.post(path, { reason: 'x' });
    expect([withBody.status, withBody.faults]).toEqual([
      422,
      [['/reason', 'UNKNOWN_FIELD']],
    ]);
    for (const id of ['0', '01', 'x', '999999'])
      expect(
        (await client.send('POST', `${PATH}/${id}/cancel`)).problem.code,
      ).toBe('IMPORT_NOT_FOUND');
  });

  it.each([
    [
      'token_revoked',
      (id: string) => app.nest.get(ApiTokensService).revoke(id),
    ],
    [
      'token_revoked',
      (id: string) => rows('DELETE FROM api_tokens WHERE id = ?', id),
    ],
    [
      'token_expired',
      (id: string) =>
        rows(
          "UPDATE api_tokens SET expires_at = '2026-01-01 00:00:00.000000' WHERE id = ?",
          id,
        ),
    ],
    [
      'scope_removed',
      (id: string) =>
        rows("UPDATE api_tokens SET scopes = 'tenants:read' WHERE id = ?", id),
    ],
  ])('stops by itself: %s', async (reason, take) => {
    const token = await app.token();
    const name = `kesilen-${token.slice(3, 11).toLowerCase()}`;
    const path = await new ImportsApi(client.as(token)).start(
      slowImport(name, ROWS),
    );
    await imports.until(path, 1);
    await take(token.slice(3, 11));
    const report = await expectCancelled(path, name, reason);
    expect(await recordOf(report)).toEqual([
      { actor: 'system', action: 'tenants.import_cancelled', fields: '' },
    ]);
  });

  it('of an admin stops when that admin is disabled, and the page says so', async () => {
    const second = await PageClient.signedIn(app.url, SECOND_ADMIN);
    const { location } = await second.upload(
      '/imports/new',
      { _csrf: await second.tokenOf('/imports/new') },
      { name: 'x.ndjson', content: slowImport('yonetici', ROWS) },
    );
    await imports.until(`/api/tenants${location}`, 1);
    await app.nest.get(AdminsService).disable(2, 1);
    await expectCancelled(
      `/api/tenants${location}`,
      'yonetici',
      'admin_disabled',
    );
    const { text } = await page.get(String(location));
    expect(text).toContain('>İptal edildi</span>');
    expect(text).toContain('gönderen yönetici devre dışı bırakıldığı için');
    expect(text).not.toContain('data-poll');
    expect(text).not.toContain(`${location}/cancel`);
    expect((await page.get('/audit')).text).toContain(
      'içe aktarmayı iptal etti',
    );
  });

  it('has a button that asks first, and takes no forged form', async () => {
    const path = await imports.start(slowImport('dugme', ROWS));
    const location = path.replace('/api/tenants', '');
    const shown = (await page.get(location)).text;
    expect(shown).toContain(`href="${location}/cancel"`);
    expect(shown).toContain('data-poll');
    const forged = await page.post(`${location}/cancel`, { _csrf: 'x' });
    expect(forged.status).toBe(403);
    const visitor = await new PageClient(app.url).get(`${location}/cancel`);
    expect(visitor.location).toBe('/login');
    const done = await page.submit(`${location}/cancel`, {});
    expect([done.status, done.location]).toEqual([303, location]);
    await expectCancelled(path, 'dugme', 'requested');
    expect((await page.get(`${location}/cancel`)).text).toContain(
      'zaten sona ermiş',
    );
    expect((await page.get('/imports')).text).toContain('>İptal edildi</span>');
    expect((await page.get('/imports/999999/cancel')).status).toBe(404);
  });

  it('keeps no name of a tenant that is gone for good, in whatever report', async () => {
    const { rows: added } = await imports.run(
      ndjson([importRow('silinecek'), importRow('kalacak')]),
    );
    const [gone, stays] = added.map(({ tenant_id: id }) => id ?? 0);
    const refused = await imports.run(
      ndjson([importRow('silinecek'), importRow('kalacak')]),
    );
    await client.patch(`/api/tenants/${gone}`, { username: 'yeni-adi' });
    const renamed = await imports.run(ndjson([importRow('Yeni-Adi')]));
    expect([refused.failed, renamed.failed]).toEqual([2, 1]);
    await client.delete(`/api/tenants/${gone}`);
    const successor = await imports.run(ndjson([importRow('silinecek')]));
    expect(successor.added).toBe(1);
    await app.nest.get(TenantBinService).purge(gone ?? 0);

    expect(
      await rows(
        "SELECT import_id, username FROM tenant_import_rows WHERE username IN ('silinecek', 'kalacak', 'yeni-adi') ORDER BY id",
      ),
    ).toEqual([
      expect.objectContaining({ username: 'kalacak' }),
      { import_id: refused.id, username: 'kalacak' },
      { import_id: successor.id, username: 'silinecek' },
    ]);
    const after = await imports.report(`${PATH}/${refused.id}`);
    expect(after.rows[0]).toMatchObject({ username: null, state: 'failed' });
    expect((await client.get(`/api/tenants/${stays}`)).status).toBe(200);
  });
});
