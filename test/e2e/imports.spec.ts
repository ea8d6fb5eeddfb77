import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { CryptoService } from '../../src/security/crypto.service.js';
import { ImportsRunner } from '../../src/imports/imports.runner.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import { ImportsCleaner } from '../../src/imports/imports.cleaner.js';
import { importRow, ndjson, SOME_HASH } from '../factories/import-rows.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const PATH = '/api/tenants/imports';
const TYPE = { 'content-type': 'application/x-ndjson' };
const MIB = 1024 * 1024;

describe('imports', () => {
  let app: TestApp;
  let client: ApiClient;
  let imports: ImportsApi;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    imports = new ImportsApi(client);
  });
  afterAll(() => app.stop());

  const rows = <Row>(statement: string, ...params: unknown[]) =>
    sql<Row>(app.databaseFile, statement, params);
  async function count(table: string): Promise<number> {
    const [row] = await rows<{ n: number }>(
      `SELECT count(*) AS n FROM ${table}`,
    );
    return row?.n ?? -1;
  }

  describe('of good rows', () => {
    it('are answered 202 with a job and end with a tenant for each row', async () => {
      const answer = await client.send('POST', `${PATH}/`, {
        raw: ndjson([importRow('iyi-bir'), importRow('Iyi-Iki')]),
        headers: TYPE,
      });
      expect(answer.status).toBe(202);
      expect(answer.json).toMatchObject({
        total: 2,
        dry_run: false,
        failed: 0,
      });
      const report = await imports.until(String(answer.header('location')));
      expect(report).toMatchObject({
        state: 'finished',
        processed: 2,
        added: 2,
      });
      expect(report.finished_at).not.toBeNull();
      const [, second] = report.rows;
      expect(second).toMatchObject({
        line: 2,
        username: 'iyi-iki',
        state: 'added',
        errors: [],
      });
      const tenant = (await client.get(`/api/tenants/${second?.tenant_id}`))
        .tenant;
      expect(tenant).toMatchObject({
        username: 'iyi-iki',
        business_name: 'Iyi-Iki Şubesi',
        openai_api_key_state: 'ok',
        version: 1,
      });
    });

    it.each(['$2a$', '$2b$', '$2y$'])(
      'keep a %s hash as it is',
      async (kind) => {
        const hash = hashSync('parola-parola', 10).replace('$2b$', kind);
        const username = `hash${kind.replaceAll('$', '-')}x`;
        await imports.run(
          ndjson([importRow(username, { password_hash: hash })]),
        );
        const [tenant] = await rows<{ password_hash: string }>(
          'SELECT password_hash FROM tenants WHERE username = ?',
          username,
        );
        expect(tenant?.password_hash).toBe(hash);
        expect(
          await app.nest
            .get(CryptoService)
            .verifyPassword('parola-parola', hash),
        ).toBe(true);
      },
    );

    it('hash a password', async () => {
      const row = importRow('parolali', {
        password_hash: undefined,
        password: 'çok-gizli-parola',
      });
      expect(await imports.run(ndjson([row]))).toMatchObject({ added: 1 });
      const [tenant] = await rows<{ password_hash: string }>(
        "SELECT password_hash FROM tenants WHERE username = 'parolali'",
      );
      expect(tenant?.password_hash).toMatch(/^\$2b\$04\$/);
      expect(
        await app.nest
          .get(CryptoService)
          .verifyPassword('çok-gizli-parola', tenant?.password_hash),
      ).toBe(true);
    });

    it('are put on record as the doing of who sent them', async () => {
      const report = await imports.run(ndjson([importRow('kayitli')]));
      const entries = await rows(
        'SELECT actor, action, target, request_id IS NOT NULL AS asked FROM audit_entries WHERE target IN (?, ?) ORDER BY id',
        `import:${report.id}`,
        `tenant:${report.rows[0]?.tenant_id}`,
      );
      const actor = `token:${client.token?.slice(3, 11)}`;
      expect(entries).toEqual([
        {
          actor,
          action: 'tenants.imported',
          target: `import:${report.id}`,
          asked: 1,
        },
        {
          actor,
          action: 'tenant.created',
          target: `tenant:${report.rows[0]?.tenant_id}`,
          asked: 1,
        },
      ]);
    });

    it('take application/jsonl, a byte order mark, CRLF and blank lines', async () => {
      const raw = `\uFEFF${JSON.stringify(importRow('bom'))}\r\n\r\n${JSON.stringify(importRow('crlf'))}`;
      const { headers } = await client.send('POST', PATH, {
        raw,
        headers: { 'content-type': 'application/jsonl; charset=UTF-8' },
      });
      const report = await imports.until(String(headers.location));
      expect(report.rows.map(({ line, state }) => [line, state])).toEqual([
        [1, 'added'],
        [3, 'added'],
      ]);
    });
  });

  it('judge no row twice, however many work on it in one process', async () => {
    const file = ndjson(
      Array.from({ length: 250 }, (_, n) => importRow(`bir-kez-${n}`)),
    );
    const { id } = await app.nest
      .get(ImportsService)
      .receive(Readable.from([file]), { dryRun: false });
    const runner = app.nest.get(ImportsRunner);
    const jobs = await Promise.all(
      [1, 2, 3].map(() => runner.finish(id, () => undefined)),
    );
    for (const job of jobs)
      expect(job).toMatchObject({ processed: 250, added: 250, failed: 0 });
  });

  describe('of bad rows', () => {
    const cases: [
      name: string,
      line: string | Buffer,
      errors: [string, string][],
    ][] = [
      ['broken JSON', '{"username":', [['', 'MALFORMED_REQUEST']]],
      [
        'bytes that are not UTF-8',
        Buffer.from([0x7b, 0xff, 0x7d]),
        [['', 'MALFORMED_REQUEST']],
      ],
      [
        'deep nesting',
        '['.repeat(40) + ']'.repeat(40),
        [['', 'MALFORMED_REQUEST']],
      ],
      ['much deeper nesting', '['.repeat(400_000), [['', 'MALFORMED_REQUEST']]],
      ['no object', '[]', [['', 'WRONG_TYPE']]],
      [
        'a long line',
        `{"x":"${'x'.repeat(600_000)}"}`,
        [['', 'BODY_TOO_LARGE']],
      ],
      [
        'an empty object',
        '{}',
        [
          ['/username', 'REQUIRED'],
          ['/password', 'REQUIRED'],
          ['/business_name', 'REQUIRED'],
          ['/openai_api_key', 'REQUIRED'],
        ],
      ],
      [
        'both passwords',
        JSON.stringify(importRow('iki-parola', { password: 'parola-parola' })),
        [['/password_hash', 'INVALID_FORMAT']],
      ],
      [
        'a cheap hash',
        JSON.stringify(
          importRow('ucuz', { password_hash: SOME_HASH.replace('12', '09') }),
        ),
        [['/password_hash', 'INVALID_FORMAT']],
      ],
      [
        'a dear hash',
        JSON.stringify(
          importRow('pahali', { password_hash: SOME_HASH.replace('12', '13') }),
        ),
        [['/password_hash', 'INVALID_FORMAT']],
      ],
      [
        'a cut hash',
        JSON.stringify(
          importRow('kesik', { password_hash: SOME_HASH.slice(0, -1) }),
        ),
        [['/password_hash', 'INVALID_FORMAT']],
      ],
      [
        'another kind of hash',
        JSON.stringify(
          importRow('argon', {
            password_hash: '$argon2id$v=19$m=1,t=1,p=1$eA$eA',
          }),
        ),
        [['/password_hash', 'INVALID_FORMAT']],
      ],
      [
        'an unknown field',
        JSON.stringify(importRow('fazla', { status: 'active' })),
        [['/status', 'UNKNOWN_FIELD']],
      ],
      [
        '__proto__',
        `{"__proto__":{},${JSON.stringify(importRow('proto')).slice(1)}`,
        [['/__proto__', 'UNKNOWN_FIELD']],
      ],
      [
        'null',
        JSON.stringify(importRow('bos', { system_prompt: null })),
        [['/system_prompt', 'WRONG_TYPE']],
      ],
      [
        'several faults',
        JSON.stringify(
          importRow('a b', {
            password_hash: undefined,
            password: '1',
            openai_api_key: 'ş',
          }),
        ),
        [
          ['/username', 'INVALID_CHARACTERS'],
          ['/password', 'TOO_SHORT'],
          ['/openai_api_key', 'INVALID_CHARACTERS'],
        ],
      ],
      [
        'an earlier row’s name in other letters',
        JSON.stringify(importRow('ARADAKI-iyi')),
        [['/username', 'USERNAME_TAKEN']],
      ],
    ];

    it('tell line, code and pointer, and harm no other', async () => {
      const first = ndjson([importRow('aradaki-iyi')]);
      const file = Buffer.concat([
        Buffer.from(first),
        ...cases.flatMap(([, line]) => [Buffer.from(line), Buffer.from('\n')]),
        Buffer.from(ndjson([importRow('sonuncu')])),
      ]);
      const { headers } = await client.send('POST', PATH, {
        raw: file,
        headers: TYPE,
      });
      const report = await imports.until(String(headers.location));
      expect(report).toMatchObject({
        total: cases.length + 2,
        added: 2,
        failed: cases.length,
      });
      const found = report.rows.map(({ line, state, errors }) => [
        line,
        state,
        errors.map(({ pointer, code }) => [pointer, code]),
      ]);
      expect(found).toEqual([
        [1, 'added', []],
        ...cases.map(([, , errors], index) => [index + 2, 'failed', errors]),
        [cases.length + 2, 'added', []],
      ]);
      for (const { errors } of report.rows)
        for (const { message } of errors) expect(message).toMatch(/^\S.+\.$/u);
    });

    it('name nobody whose name is no name, and quote nothing', async () => {
      const secret = 'Kanarya-Degeri-7711';
      const report = await imports.run(
        ndjson([
          importRow(`${secret} ş`),
          importRow('adi-iyi', {
            openai_api_key: `${secret} ş`,
            system_prompt: 7,
          }),
        ]),
      );
      expect(report.rows.map(({ username }) => username)).toEqual([
        null,
        'adi-iyi',
      ]);
      expect(JSON.stringify(report)).not.toContain('Kanarya');
      expect(
        JSON.stringify(await rows('SELECT * FROM tenant_import_rows')),
      ).not.toContain('Kanarya');
    });

    it('are told in the language of the reader, and alone where asked for', async () => {
      const path = await imports.start(
        ndjson([importRow('dil-bir'), importRow('dil-bir'), importRow('x')]),
      );
      await imports.until(path);
      const answer = await client.get(`${path}?only=failed&limit=1`, {
        headers: { 'accept-language': 'en' },
      });
      expect(answer.header('x-total-count')).toBe('2');
      expect(answer.header('link')).toContain(
        `<${path}?only=failed&skip=1&limit=1>; rel="next"`,
      );
      expect(answer.json).toMatchObject({
        rows: [
          {
            line: 2,
            errors: [
              {
                code: 'USERNAME_TAKEN',
                message: 'This username is already taken.',
              },
            ],
          },
        ],
      });
      const [, , third] = (await imports.report(path)).rows;
      expect(third?.errors).toEqual([
        {
          pointer: '/username',
          code: 'TOO_SHORT',
          message: 'Kullanıcı adı en az 3 karakter olmalı.',
        },
      ]);
    });
  });

  it('sent twice adds nothing the second time', async () => {
    const file = ndjson([
      ...Array.from({ length: 150 }, (_, index) =>
        importRow(`tekrar-${index}`),
      ),
      importRow('tekrar-parola', {
        password_hash: undefined,
        password: 'parola-parola',
      }),
    ]);
    expect(await imports.run(file)).toMatchObject({ added: 151, failed: 0 });
    const before = await count('tenants');
    const report = await imports.run(file);
    expect(report).toMatchObject({ state: 'finished', added: 0, failed: 151 });
    expect(
      new Set(
        report.rows.flatMap(({ errors }) => errors.map(({ code }) => code)),
      ),
    ).toEqual(new Set(['USERNAME_TAKEN']));
    expect(await count('tenants')).toBe(before);
  });

  it('sent twice at the same time adds each tenant once', async () => {
    const file = ndjson(
      Array.from({ length: 250 }, (_, index) => importRow(`ikiz-${index}`)),
    );
    const reports = await Promise.all([imports.run(file), imports.run(file)]);
    expect(reports.map(({ state }) => state)).toEqual(['finished', 'finished']);
    expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(250);
    const [stored] = await rows<{ n: number }>(
      "SELECT count(*) AS n FROM tenants WHERE username LIKE 'ikiz-%'",
    );
    expect(stored?.n).toBe(250);
  });

  it('while others take its names gives each name to one of them', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `yaris-${index}`);
    const old = await imports.run(
      ndjson(names.slice(0, 20).map((_, n) => importRow(`once-${n}`))),
    );
    const path = await imports.start(ndjson(names.map((n) => importRow(n))));
    // The last first: the import comes to them from the other end.
    const taken = names.toReversed().filter((_, index) => index % 15 === 0);
    const answers: Answer[] = [];
    for (const [index, username] of taken.entries())
      answers.push(
        await client.patch(`/api/tenants/${old.rows[index]?.tenant_id}`, {
          username,
        }),
      );
    const report = await imports.until(path);
    const stored = await rows<{ username: string }>(
      "SELECT username FROM tenants WHERE username LIKE 'yaris-%'",
    );
    expect(stored.map(({ username }) => username).toSorted()).toEqual(
      names.toSorted(),
    );
    const refused = report.rows.filter(({ state }) => state === 'failed');
    expect(refused.map(({ username }) => username).toSorted()).toEqual(
      taken.filter((_, n) => answers[n]?.status === 200).toSorted(),
    );
    for (const { status } of answers) expect([200, 409]).toContain(status);
    for (const { errors } of refused)
      expect(errors.map(({ code }) => code)).toEqual(['USERNAME_TAKEN']);
    expect(report.added + refused.length).toBe(names.length);
  });

  it('as a dry run adds nothing and hashes nothing, and finds what would fail', async () => {
    await imports.run(ndjson([importRow('dolu')]));
    const [tenants, entries] = [
      await count('tenants'),
      await count('audit_entries'),
    ];
    const report = await imports.run(
      ndjson([
        importRow('prova', {
          password_hash: undefined,
          password: 'parola-parola',
        }),
        importRow('PROVA'),
        importRow('dolu'),
        importRow('-'),
        importRow('prova-iki'),
      ]),
      '?dry_run=true',
    );
    expect(report).toMatchObject({
      dry_run: true,
      state: 'finished',
      processed: 5,
      added: 0,
      failed: 3,
    });
    expect(report.rows.map(({ state }) => state)).toEqual([
      'valid',
      'failed',
      'failed',
      'failed',
      'valid',
    ]);
    expect(await count('tenants')).toBe(tenants);
    expect(await count('audit_entries')).toBe(entries);
    expect(await count('tenant_import_payloads')).toBe(0);
  });

  describe('that are refused', () => {
    const one = ndjson([importRow('reddedilen')]);

    it.each<[string, Record<string, string>, string | Buffer, number, string]>([
      [
        'JSON',
        { 'content-type': 'application/json' },
        one,
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['no type', {}, one, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        'another charset',
        { 'content-type': 'application/x-ndjson; charset=iso-8859-9' },
        one,
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      [
        'a compressed body',
        { ...TYPE, 'content-encoding': 'gzip' },
        gzipSync(one),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['nothing', TYPE, '', 422, 'VALIDATION_FAILED'],
      ['blank lines', TYPE, ' \n\r\n', 422, 'VALIDATION_FAILED'],
      ['a row too many', TYPE, '{}\n'.repeat(10_001), 413, 'BODY_TOO_LARGE'],
    ])(
      'for %s leave nothing behind',
      async (_name, headers, raw, status, code) => {
        const before = await count('tenant_imports');
        const answer = await client.send('POST', PATH, { raw, headers });
        expect([answer.status, answer.problem.code]).toEqual([status, code]);
        if (status === 422) expect(answer.faults).toEqual([['', 'REQUIRED']]);
        expect(await count('tenant_imports')).toBe(before);
        expect(
          await count(
            'tenant_import_rows WHERE import_id NOT IN (SELECT id FROM tenant_imports)',
          ),
        ).toBe(0);
      },
    );

    it.each([
      'dry_run=1',
      'dry_run=',
      'dry_run=TRUE',
      'dry_run=true&dry_run=false',
    ])('for %s say so', async (query) => {
      const answer = await client.send('POST', `${PATH}?${query}`, {
        raw: one,
        headers: TYPE,
      });
      expect([answer.status, answer.faults[0]?.[0]]).toEqual([422, '/dry_run']);
    });

    it.each([
      ['no token', null, 401],
      ['a token that may only read', [Scope.TenantsRead], 403],
    ] as const)(
      'with %s read nothing of the body',
      async (_name, scopes, status) => {
        const token = scopes === null ? null : await app.token(scopes);
        const answer = await client.send('POST', PATH, {
          token,
          raw: 'x'.repeat(2 * MIB),
          headers: TYPE,
        });
        expect(answer.status).toBe(status);
      },
    );

    it('with a token that is bound to a tenant are 403 everywhere', async () => {
      const report = await imports.run(ndjson([importRow('bagli')]));
      const bound = client.as(
        await app.token(undefined, report.rows[0]?.tenant_id ?? 0),
      );
      const answers = await Promise.all([
        bound.send('POST', PATH, { raw: one, headers: TYPE }),
        bound.get(PATH),
        bound.get(`${PATH}/${report.id}`),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    });

    it('by their announced length get their answer at once', async () => {
      const answer = await client.sendBytes(
        requestHead(
          client,
          `Content-Length: ${64 * MIB + 1}\r\nConnection: close`,
        ),
      );
      expect([answer.status, answer.problem.code]).toEqual([
        413,
        'BODY_TOO_LARGE',
      ]);
    });

    it('while a sender goes on and on get their answer, and the connection an end', async () => {
      const { hostname, port } = new URL(app.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      let answer = '';
      socket.on('data', (data: Buffer) => (answer += data.toString()));
      socket.write(requestHead(client, 'Transfer-Encoding: chunked'));
      const piece = Buffer.from(`10000\r\n${'{}\n'.repeat(21_845)}{\r\n`);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const endless = setInterval(
        () => void (socket.writable && socket.write(piece)),
        5,
      );
      await closed;
      clearInterval(endless);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('BODY_TOO_LARGE');
    });

    it('when three of one caller are on their way, uploads included, are told to come again, and others are not', async () => {
      const hanging = await Promise.all(
        Array.from({ length: 3 }, () =>
          openUpload(
            app.url,
            requestHead(client, 'Transfer-Encoding: chunked'),
          ),
        ),
      );
      while ((await count("tenant_imports WHERE state = 'receiving'")) < 3)
        await sleep(20);
      const answer = await client.send('POST', PATH, {
        raw: one,
        headers: TYPE,
      });
      expect([answer.status, answer.problem.code]).toEqual([
        503,
        'UNAVAILABLE',
      ]);
      expect(Number(answer.header('retry-after'))).toBeGreaterThan(0);
      const seen = (await client.get(PATH)).text;
      expect(seen).not.toContain('receiving');
      const other = new ImportsApi(client.as(await app.token()));
      expect(
        await other.run(ndjson([importRow('baska-gonderen')])),
      ).toMatchObject({ added: 1 });
      for (const socket of hanging) socket.destroy();
      while ((await count("tenant_imports WHERE state = 'receiving'")) > 0)
        await sleep(20);
      expect(
        await imports.run(ndjson([importRow('uc-sonrasi')])),
      ).toMatchObject({ added: 1 });
    });

    it('because another process took them for dead leave nothing behind', async () => {
      const socket = await openUpload(
        app.url,
        requestHead(client, 'Transfer-Encoding: chunked\r\nConnection: close'),
      );
      let answer = '';
      socket.on('data', (data: Buffer) => (answer += data.toString()));
      while ((await count("tenant_imports WHERE state = 'receiving'")) < 1)
        await sleep(20);
      await rows("DELETE FROM tenant_imports WHERE state = 'receiving'");
      const lines = ndjson([importRow('olu-sanilan')]);
      socket.write(
        `${Buffer.byteLength(lines).toString(16)}\r\n${lines}\r\n0\r\n\r\n`,
      );
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1\.1 503 /);
      expect(await count("tenants WHERE username = 'olu-sanilan'")).toBe(0);
    });

    it('by a sender who hangs up leave nothing behind, and others write meanwhile', async () => {
      const before = await count('tenant_imports');
      const socket = await openUpload(
        app.url,
        requestHead(client, 'Transfer-Encoding: chunked'),
      );
      const lines = ndjson(
        Array.from({ length: 300 }, (_, index) => importRow(`kopan-${index}`)),
      );
      socket.write(`${Buffer.byteLength(lines).toString(16)}\r\n${lines}\r\n`);
      while ((await count('tenant_import_payloads')) < 300) await sleep(20);
      const written = await client.patch(`/api/tenants/1`, {
        business_name: 'Arada Yazıldı',
      });
      expect(written.status).toBe(200);
      expect((await client.get(`${PATH}/999999`)).problem.code).toBe(
        'IMPORT_NOT_FOUND',
      );
      socket.destroy();
      while ((await count('tenant_imports')) > before) await sleep(20);
      expect(await count('tenant_import_payloads')).toBe(0);
      expect(await count("tenants WHERE username LIKE 'kopan-%'")).toBe(0);
    });
  });

  it('are listed newest first', async () => {
    const [older, newer] = [
      await imports.run(ndjson([importRow('liste-1')])),
      await imports.run(ndjson([importRow('liste-2')])),
    ];
    const answer = await client.get(`${PATH}?limit=2`);
    expect((answer.json as { id: number }[]).map(({ id }) => id)).toEqual([
      newer.id,
      older.id,
    ]);
    expect(answer.header('link')).toContain(
      `<${PATH}?skip=2&limit=2>; rel="next"`,
    );
    expect(Number(answer.header('x-total-count'))).toBeGreaterThan(5);
  });

  it.each(['0', '01', '1e3', 'x', '-1', '99999999', '9'.repeat(20)])(
    'with the id %s are not found',
    async (id) => {
      const answer = await client.get(`${PATH}/${id}`);
      expect([answer.status, answer.problem.code]).toEqual([
        404,
        'IMPORT_NOT_FOUND',
      ]);
    },
  );

  it.each([
    'only=added',
    'only=',
    'limit=0',
    'limit=10001',
    'skip=-1',
    'only=failed&only=failed',
  ])('with ?%s are refused', async (query) => {
    const { id } = await imports.run(ndjson([importRow('-')]));
    const answer = await client.get(`${PATH}/${id}?${query}`);
    expect(answer.status).toBe(422);
  });

  it('are taken away 30 days after they were finished, and no earlier', async () => {
    const { id } = await imports.run(ndjson([importRow('eski-rapor')]));
    const cleaner = app.nest.get(ImportsCleaner);
    await cleaner.removeOld(inDays(29.9));
    expect((await client.get(`${PATH}/${id}`)).status).toBe(200);
    await cleaner.removeOld(inDays(30.1));
    expect((await client.get(`${PATH}/${id}`)).problem.code).toBe(
      'IMPORT_NOT_FOUND',
    );
    expect(await count('tenant_import_rows')).toBe(0);
    expect(await count("tenants WHERE username = 'eski-rapor'")).toBe(1);
  });
});

async function openUpload(url: string, head: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(head);
  return socket;
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

function requestHead({ token }: ApiClient, header: string): string {
  return `POST ${PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/x-ndjson\r\n${header}\r\n\r\n`;
}
