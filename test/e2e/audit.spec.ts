import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntryResponseDto } from '../../src/audit-trail/dto/audit-entry-response.dto.js';
import { Scope } from '../../src/auth/scope.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { TestApp } from '../helpers/test-app.js';

describe('GET /api/audit', () => {
  let app: TestApp;
  let writer: string;
  let reader: string;
  beforeAll(async () => {
    app = await TestApp.start();
    writer = await app.token();
    reader = await app.token([Scope.AuditRead]);
  });
  afterAll(() => app.stop());

  const call = (
    token: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response> =>
    fetch(app.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  const audit = async (query = ''): Promise<AuditEntryResponseDto[]> => {
    const answer = await call(reader, 'GET', `/api/audit${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as AuditEntryResponseDto[];
  };

  it('tells who changed which fields of which tenant, and no value', async () => {
    const input = tenantFactory.build();
    const created = await call(writer, 'POST', '/api/tenants', input);
    const { id } = (await created.json()) as { id: number };
    const changed = await call(writer, 'PATCH', `/api/tenants/${id}`, {
      business_name: 'Yeni Ad',
      openai_api_key: 'sk-canary-canary-canary',
      username: input.username,
    });
    await call(writer, 'PATCH', `/api/tenants/${id}`, {});
    await call(writer, 'PATCH', `/api/tenants/${id}`, { password: 'x' });
    await call(writer, 'DELETE', `/api/tenants/${id}`);

    const entries = await audit(`?target=tenant:${id}`);
    const actor = `token:${writer.slice(3, 11)}`;
    expect(entries).toMatchObject([
      { action: 'tenant.deleted', actor, fields: [] },
      {
        action: 'tenant.updated',
        actor,
        fields: ['business_name', 'openai_api_key'],
        address: '127.0.0.1',
        request_id: changed.headers.get('x-request-id'),
      },
      { action: 'tenant.created', actor, fields: [] },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/canary|Yeni Ad|gizli/);
  });

  it('records sign-ins that fail, without the name that was typed', async () => {
    const form = await fetch(`${app.url}/login`);
    const cookie = form.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const csrf = /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1];
    const answer = await fetch(`${app.url}/login`, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({
        _csrf: csrf ?? '',
        username: 'canary-name',
        password: 'canary-password',
      }),
    });
    expect(answer.status).toBe(401);
    const [entry] = await audit('?action=admin.sign_in_failed');
    expect(entry).toMatchObject({
      actor: 'visitor',
      target: null,
      fields: [],
      address: '127.0.0.1',
    });
    expect(JSON.stringify(await audit())).not.toContain('canary');
  });

  it('gives pages newest first, each entry once, while new ones come in', async () => {
    const tenant = await call(
      writer,
      'POST',
      '/api/tenants',
      tenantFactory.build(),
    );
    const { id } = (await tenant.json()) as { id: number };
    const change = (turn: number): Promise<Response> =>
      call(writer, 'PATCH', `/api/tenants/${id}`, {
        business_name: `Şube ${turn}`,
      });
    for (let turn = 0; turn < 12; turn += 1) await change(turn);

    const seen: number[] = [];
    let path: string | undefined = `/api/audit?limit=5&target=tenant:${id}`;
    while (path !== undefined) {
      const answer = await call(reader, 'GET', path);
      const page = (await answer.json()) as { id: number }[];
      seen.push(...page.map((entry) => entry.id));
      await change(seen.length + 100);
      path = /<([^>]+)>; rel="next"/.exec(
        answer.headers.get('link') ?? '',
      )?.[1];
    }
    expect(seen).toHaveLength(13);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['limit=0', '/limit', 'OUT_OF_RANGE'],
    ['limit=1e3', '/limit', 'INVALID_FORMAT'],
    ['before=-1', '/before', 'INVALID_FORMAT'],
    ['before=0', '/before', 'OUT_OF_RANGE'],
    ['action=nope', '/action', 'INVALID_FORMAT'],
    ['action=tenant.created&action=tenant.deleted', '/action', 'WRONG_TYPE'],
    ['actor=', '/actor', 'TOO_SHORT'],
    ['target=%00', '/target', 'INVALID_FORMAT'],
  ])('refuses %s', async (query, pointer, code) => {
    const answer = await call(reader, 'GET', `/api/audit?${query}`);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer, code }] });
  });

  it('needs its scope, and a token that is not bound to a tenant', async () => {
    expect((await call(writer, 'GET', '/api/audit')).status).toBe(403);
    const bound = await app.token([Scope.AuditRead], 1);
    expect((await call(bound, 'GET', '/api/audit')).status).toBe(403);
    expect((await fetch(`${app.url}/api/audit`)).status).toBe(401);
  });
});
