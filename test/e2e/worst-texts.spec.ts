import type { OutgoingHttpHeaders } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { Scope } from '../../src/auth/scope.js';
import { importRow } from '../factories/import-rows.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { LoopHold } from '../helpers/loop-hold.js';
import { type Route, routesOf } from '../helpers/routes.js';
import { type RawRequest, sendRequest } from '../helpers/send-request.js';
import { tenantVisitor } from '../helpers/tenant-visitor.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';
import { textEntries } from '../helpers/text-entries.js';
import { Visitor } from '../helpers/visitor.js';
import { WORST_TEXTS, worstText } from '../helpers/worst-texts.js';

const ADMIN = { username: 'yonetici', password: 'uzun-ve-gizli-parola-7' };
const MAX_BODY_BYTES = 512 * 1024;
/** Node takes 16 KiB of headers, the request line among them. */
const MAX_HEADER_BYTES = 15_000;
/** What a liveness probe may wait, promised for any request. */
const LIMIT_MS = 1_000;

const HEADERS: [name: string, start: string][] = [
  ['accept', ''],
  ['accept-encoding', ''],
  ['accept-language', ''],
  ['authorization', ''],
  ['authorization', 'Bearer '],
  ['content-encoding', ''],
  ['content-type', ''],
  ['content-type', 'application/json; '],
  ['content-type', 'application/json; charset='],
  ['cookie', ''],
  ['cookie', 'vr_session='],
  ['cookie', 'tenant_session='],
  ['cookie', 'flash=saved.'],
  ['cookie', 'locale='],
  ['forwarded', ''],
  ['idempotency-key', ''],
  ['if-match', ''],
  ['if-match', '"'],
  ['if-modified-since', ''],
  ['if-none-match', ''],
  ['origin', ''],
  ['range', 'bytes='],
  ['referer', ''],
  ['sec-fetch-site', ''],
  ['user-agent', 'Version/1 '],
  ['x-forwarded-for', ''],
  ['x-forwarded-proto', ''],
  ['x-request-id', ''],
];

describe('The worst texts', () => {
  let app: TestApp;
  let database: TestDatabase;
  let document: OpenAPIObject;
  let admin: Visitor;
  let tenant: Visitor;
  let token: string;
  let id: number;
  const held = new LoopHold();

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUST_PROXY: '1' } });
    database = new TestDatabase(app.databaseFile);
    await app.nest.get(AdminsService).create(ADMIN);
    id = await database.insertLegacyTenant({ username: 'ilk-tenant' });
    token = await app.token(Object.values(Scope));
    admin = new Visitor(app.url);
    await admin.signIn(ADMIN.username, ADMIN.password);
    tenant = await tenantVisitor(app, id);
    const answer = await sendRequest(app.url, { path: '/api/openapi.json' });
    // The service's own document; a test of its own checks it.
    document = answer.json as OpenAPIObject;
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
    process.stdout.write(
      `Longest holds of the event loop:\n${held.over(0).slice(0, 12).join('\n')}\n`,
    );
  });

  let sent = 0;

  /** Each from an address of its own: a limit must not keep the text from where it does harm. */
  async function send(what: string, request: RawRequest): Promise<void> {
    await held.during(what, LIMIT_MS, async () => {
      sent += 1;
      const forwarded = `2001:db8:${sent.toString(16)}::1`;
      const { status } = await sendRequest(app.url, {
        ...request,
        headers: { 'x-forwarded-for': forwarded, ...request.headers },
      });
      expect([what, status < 500]).toEqual([what, true]);
    });
  }

  function visitorOf(path: string): Visitor {
    return /^\/panel(?:\/|$)/.test(path) ? tenant : admin;
  }

  function credentials(path: string): OutgoingHttpHeaders {
    if (path.startsWith('/api')) return { authorization: `Bearer ${token}` };
    const { cookies } = visitorOf(path);
    return {
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
    };
  }

  /** The largest body in which one field is the text, and the others are as they should be. */
  function bodyOf(path: string, field: string, text: string): string {
    if (path.startsWith('/api')) {
      const others = path.endsWith('/:id') ? {} : tenantFactory.build();
      const frame = JSON.stringify({ ...others, [field]: '' });
      const room = MAX_BODY_BYTES - Buffer.byteLength(frame);
      // A quote in a text takes two bytes.
      const value = worstText(text, room / (text.includes('quotes') ? 1.6 : 1));
      return JSON.stringify({ ...others, [field]: value });
    }
    const visitor = visitorOf(path);
    const others = new URLSearchParams({
      ...tenantFactory.build(),
      ...ADMIN,
      current_password: ADMIN.password,
      new_password: 'baska-bir-gizli-parola-8',
      new_password_again: 'baska-bir-gizli-parola-8',
      name: 'x',
      scopes: Scope.TenantsRead,
      version: '1',
      _csrf: visitor === tenant ? visitor.panelToken : visitor.csrfToken,
    });
    others.delete(field);
    const frame = `${others.toString()}&${field}=`;
    const room = MAX_BODY_BYTES - Buffer.byteLength(frame);
    const isEncoded = /quotes/.test(text);
    return (
      frame +
      worstText(text, isEncoded ? room / 2.5 : room).replaceAll(
        /[%&+=;"]/g,
        encodeURIComponent,
      )
    );
  }

  async function tryFields(route: Route, fields: readonly string[]) {
    const { method, path } = route;
    const type = path.startsWith('/api')
      ? 'application/json'
      : 'application/x-www-form-urlencoded';
    for (const field of fields)
      for (const text of WORST_TEXTS)
        await send(`${method} ${path} ${field}: ${text}`, {
          method: method.toUpperCase(),
          path: path.replace(':id', String(id)),
          headers: { ...credentials(path), 'content-type': type },
          body: bodyOf(path, field, text),
        });
  }

  async function tryAddress(route: Route, query: readonly string[]) {
    const { method, path } = route;
    const room = MAX_HEADER_BYTES - 2_000;
    for (const text of WORST_TEXTS) {
      const encoded = encodeURIComponent(worstText(text, room / 3));
      const addresses =
        path.includes(':id') && method === 'get'
          ? [path.replace(':id', encoded)]
          : [];
      for (const name of method === 'get' ? query : [])
        addresses.push(`${path.replace(':id', String(id))}?${name}=${encoded}`);
      for (const address of addresses)
        await send(`${method} ${address.slice(0, 40)}: ${text}`, {
          method: method.toUpperCase(),
          path: address,
          headers: credentials(path),
        });
    }
  }

  it('have an entry for every route that there is', () => {
    const without = routesOf(app).filter(
      (route) => textEntries(route, document) === undefined,
    );
    expect(without).toEqual([]);
  });

  it('hold nobody up in any field or address', async () => {
    for (const route of routesOf(app)) {
      const entries = textEntries(route, document);
      await tryFields(route, entries?.fields ?? []);
      await tryAddress(route, entries?.query ?? []);
    }
    expect(held.over(LIMIT_MS)).toEqual([]);
  }, 300_000);

  it('hold nobody up in any header', async () => {
    const { text: page } = await new Visitor(app.url).get('/login');
    const asset = /"(\/assets\/[^"]+)"/.exec(page)?.[1] ?? '';
    const requests: RawRequest[] = [
      { path: '/api/tenants' },
      { path: asset },
      { method: 'PATCH', path: `/api/tenants/${id}`, body: '{}' },
      { method: 'POST', path: '/login', body: 'username=x' },
    ];
    for (const request of requests)
      for (const [name, start] of HEADERS)
        for (const text of WORST_TEXTS) {
          const value = worstText(text, MAX_HEADER_BYTES - start.length);
          await send(`${request.path} ${name}: ${start}${text}`, {
            ...request,
            headers: {
              ...credentials(request.path),
              'content-type': 'application/json',
              [name]: start + Buffer.from(value).toString('latin1'),
            },
          });
        }
    expect(held.over(LIMIT_MS)).toEqual([]);
  });

  it('hold nobody up in any line of an import', async () => {
    const fields = [
      'username',
      'password',
      'password_hash',
      'business_name',
      'openai_api_key',
      'system_prompt',
      'x',
    ];
    for (const field of fields) {
      const lines = WORST_TEXTS.map((text) => {
        const row = { ...importRow('satir'), [field]: '' };
        const room = MAX_BODY_BYTES - Buffer.byteLength(JSON.stringify(row));
        const value = worstText(text, room / (/quotes/.test(text) ? 1.6 : 1));
        return JSON.stringify({ ...row, [field]: value });
      });
      await send(`a line of an import: ${field}`, {
        method: 'POST',
        path: '/api/tenants/imports?dry_run=true',
        headers: {
          ...credentials('/api'),
          'content-type': 'application/x-ndjson',
        },
        body: lines.join('\n'),
      });
    }
    expect(held.over(LIMIT_MS)).toEqual([]);
  });

  it.each(WORST_TEXTS)(
    'hold nobody up in a name that the old application has stored: %s',
    async (text) => {
      let turn = 0;
      await held.during(`a stored name: ${text}`, LIMIT_MS, async () => {
        turn += 1;
        await database.insertLegacyTenant({
          username: `eski-${WORST_TEXTS.indexOf(text)}-${turn}`,
          business_name: worstText(text, MAX_BODY_BYTES),
        });
        const { status } = await sendRequest(app.url, {
          path: '/api/tenants?search=aranan',
          headers: credentials('/api'),
        });
        expect(status).toBe(200);
      });
      expect(held.over(LIMIT_MS)).toEqual([]);
    },
  );
});
