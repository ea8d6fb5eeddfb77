import { connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import type { TenantResponseDto } from '../../src/tenants/dto/tenant-response.dto.js';
import { ExportsService } from '../../src/tenants/exports/exports.service.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { configFor } from '../helpers/database-setup.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const PATH = '/api/tenants/export';
const TENANTS = 5_000;
const LAST_CHUNK = '\r\n0\r\n\r\n';

describe('the export of tenants', () => {
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await TestApp.start();
    await seedTenants(configFor(app.databaseFile), TENANTS);
    client = await ApiClient.of(app, await app.token());
  });
  afterAll(() => app.stop());

  async function exported(query = ''): Promise<TenantResponseDto[]> {
    // The client has checked each line against the document.
    return (await client.get(PATH + query)).lines as TenantResponseDto[];
  }

  async function listed(): Promise<TenantResponseDto[]> {
    const pages = await Promise.all(
      Array.from({ length: TENANTS / 500 }, (_, page) =>
        client.get(`/api/tenants?limit=500&skip=${page * 500}`),
      ),
    );
    return pages.flatMap(({ tenants }) => tenants);
  }

  it(`gives ${TENANTS} tenants exactly as the list does`, async () => {
    const tenants = await exported();
    expect(tenants.length).toBe(TENANTS);
    expect(tenants).toEqual(await listed());
  });

  it('as CSV has the same cells', async () => {
    const { text } = await client.get(`${PATH}?format=csv`);
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(
      /^id,username,business_name,system_prompt,status,/,
    );
    expect(lines.length).toBe(TENANTS + 2);
    const [, , second] = lines;
    const [, tenant] = await listed();
    expect(second).toBe(
      Object.values(tenant ?? {})
        .map((value) => value ?? '')
        .join(','),
    );
  });

  it('puts a semicolon between the cells where asked for', async () => {
    const { text } = await client.get(`${PATH}?format=csv&delimiter=semicolon`);
    expect(text).toMatch(/^id;username;business_name;/);
    // Whoever decodes an answer drops the byte order mark that programs for tables need.
    expect(await rawAnswer(`${PATH}?format=csv`)).toContain(
      '\uFEFFid,username,',
    );
  });

  it('comes as a file with the day in its name', async () => {
    const day = new Date().toISOString().slice(0, 10);
    for (const format of ['ndjson', 'csv']) {
      const answer = await client.send('HEAD', `${PATH}?format=${format}`);
      expect(answer.header('content-disposition')).toMatch(
        new RegExp(
          `^attachment; filename="musteriler-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`,
        ),
      );
      expect(
        (answer.header('content-disposition') ?? '') >=
          `attachment; filename="musteriler-${day}`,
      ).toBe(true);
    }
  });

  it('has neither secrets nor what becomes of them', async () => {
    const { text } = await client.get(PATH);
    const [row] = await sql<Record<string, string>>(
      app.databaseFile,
      'SELECT * FROM tenants WHERE id = 1',
    );
    for (const secret of [
      row?.password_hash,
      row?.openai_api_key,
      row?.openai_api_key_mac,
      'sk-seeded',
    ])
      expect(text).not.toContain(secret ?? 'missing');
  });

  async function exportsOnRecord(): Promise<number> {
    const entries = await sql(
      app.databaseFile,
      "SELECT 1 FROM audit_entries WHERE action = 'tenants.exported'",
    );
    return entries.length;
  }

  it('gives only those that a search finds, or that are named', async () => {
    const found = await exported('?search=seeded-49&status=active');
    expect(found.length).toBe(1 + 10 + 100);
    expect(await exported('?search=yok-boyle-biri')).toEqual([]);
    const stream = await app.nest
      .get(ExportsService)
      .open(
        { format: 'ndjson', delimiter: 'comma' },
        { ids: [7, 3, 7, 99_999] },
      );
    const lines = (await readText(stream)).trim().split('\n');
    expect(
      lines.map((line) => (JSON.parse(line) as { id: number }).id),
    ).toEqual([3, 7]);
  });

  it('is put on record before anything leaves', async () => {
    const before = await exportsOnRecord();
    await client.get(`${PATH}?search=yok-boyle-biri`);
    expect(await exportsOnRecord()).toBe(before + 1);
    await client.send('HEAD', PATH);
    expect(await exportsOnRecord()).toBe(before + 1);
  });

  it.each([
    'format=xml',
    'format=',
    'format=csv&format=csv',
    'delimiter=tab',
    'status=gone',
    'search=a&search=b',
  ])('with ?%s is refused', async (query) => {
    expect((await client.get(`${PATH}?${query}`)).status).toBe(422);
  });

  it('is not for tokens of one tenant, nor for those that may only write', async () => {
    for (const token of [
      await app.token(undefined, 1),
      await app.token([Scope.TenantsWrite]),
    ])
      expect((await client.get(PATH, { token })).status).toBe(403);
  });

  it('that fails breaks the connection on its way, and is an error like any other at its start', async () => {
    // Enough to fill every buffer between us and a reader who waits.
    await sql(
      app.databaseFile,
      "UPDATE tenants SET system_prompt = replace(hex(zeroblob(10000)), '00', 'ab') WHERE id > 3500",
    );
    const text = await rawAnswer(PATH, () =>
      sql(app.databaseFile, 'ALTER TABLE tenants RENAME TO away'),
    );
    const atStart = await client.get(PATH);
    await sql(app.databaseFile, 'ALTER TABLE away RENAME TO tenants');
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toContain('"seeded-1"');
    expect(text).not.toContain(`"seeded-${TENANTS}"`);
    // The last chunk of a whole answer has no length.
    expect(text.endsWith(LAST_CHUNK)).toBe(false);
    expect([atStart.status, atStart.problem.code]).toEqual([
      500,
      'INTERNAL_ERROR',
    ]);

    const whole = await rawAnswer(PATH);
    expect(whole).toContain(`"seeded-${TENANTS}"`);
    expect(whole.endsWith(LAST_CHUNK)).toBe(true);
  });

  /** @param meanwhile is done while the reader waits after the first piece. */
  function rawAnswer(
    path: string,
    meanwhile?: () => Promise<unknown>,
  ): Promise<string> {
    const { hostname, port } = new URL(app.url);
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname);
      socket
        .once('data', () => {
          if (meanwhile === undefined) return;
          socket.pause();
          meanwhile().then(() => socket.resume(), reject);
        })
        .on('data', (data: Buffer) => (text += data.toString()))
        .on('error', () => undefined)
        .on('close', () => resolve(text));
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client.token}\r\nConnection: close\r\n\r\n`,
      );
    });
  }
});
