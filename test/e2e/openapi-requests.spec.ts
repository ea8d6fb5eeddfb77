import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Scope } from '../../src/auth/scope.js';
import { exampleOf } from '../../src/openapi/examples.js';
import { bodyOf, type Operation } from '../../src/openapi/operations.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient } from '../helpers/api-client.js';
import type { Answer } from '../helpers/answer.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { TestApp } from '../helpers/test-app.js';

const TENANTS = '/api/tenants/';
/** The name in all examples: free again before each of them. */
const EXAMPLE_NAME = 'gunes_dis';

interface Request {
  method: string;
  path: string;
  type?: string;
  body?: unknown;
}

/** The values of a body's examples, by media type. */
const bodiesOf = (operation: Operation): Omit<Request, 'method' | 'path'>[] =>
  Object.entries(bodyOf(operation)?.content ?? {}).flatMap(
    ([type, { example, examples = {} }]) =>
      [
        example as unknown,
        ...Object.values(examples).map((one) =>
          'value' in one ? (one.value as unknown) : undefined,
        ),
      ]
        .filter((body) => body !== undefined)
        .map((body) => ({ type, body })),
  );

describe('the requests that the OpenAPI document shows', () => {
  let app: TestApp;
  let client: ApiClient;
  let imports: ImportsApi;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token(Object.values(Scope)));
    imports = new ImportsApi(client);
  });
  afterAll(() => app.stop());

  /** A path with an id behind which there is what the call needs. */
  async function filled(path: string): Promise<string> {
    const needs = /\/(imports|bin)?\/?\{id\}/.exec(path);
    if (needs === null) return path;
    if (needs[1] === 'imports') {
      const report = await imports.start(ndjson([importRow('ornek')]));
      return path.replace('{id}', report.split('/').at(-1) ?? '');
    }
    const { id } = (await client.post(TENANTS, tenantFactory.build())).tenant;
    if (needs[1] === 'bin') await client.delete(`${TENANTS}${id}`);
    return path.replace('{id}', String(id));
  }

  async function freeTheName(): Promise<void> {
    const found = await client.get(`${TENANTS}?search=${EXAMPLE_NAME}`);
    for (const { id } of found.tenants) await client.delete(`${TENANTS}${id}`);
  }

  async function send(request: Request, headers = {}): Promise<Answer> {
    const { method, path, type, body } = request;
    await freeTheName();
    const answer = await client.send(method.toUpperCase(), await filled(path), {
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        ...headers,
      },
      raw:
        typeof body === 'string' || body === undefined
          ? body
          : JSON.stringify(body),
    });
    // What a file adds later must not take the name from the next example.
    if (answer.status === 202)
      await imports.until(String(answer.header('location')));
    return answer;
  }

  it('are taken', async () => {
    const refused: string[] = [];
    let bodies = 0;
    for (const { method, path, operation } of client.contract.operations) {
      const shown = bodiesOf(operation);
      if (bodyOf(operation) !== undefined) expect(shown).not.toEqual([]);
      for (const body of shown.length > 0 ? shown : [{}]) {
        const answer = await send({ method, path, ...body });
        if (answer.status >= 300)
          refused.push(`${method} ${path} → ${answer.status} ${answer.text}`);
        bodies += 'body' in body ? 1 : 0;
      }
    }
    expect(refused).toEqual([]);
    expect(bodies).toBeGreaterThan(4);
  });

  it('are lines of an import that add their tenants', async () => {
    const [operation] = client.contract.operations.flatMap((one) =>
      one.operation.operationId === 'importTenants' ? [one.operation] : [],
    );
    const rows = operation === undefined ? [] : bodiesOf(operation);
    expect(rows.length).toBeGreaterThan(1);
    for (const { body } of rows) {
      await freeTheName();
      const report = await imports.run(`${JSON.stringify(body)}\n`);
      expect(report.rows).toMatchObject([{ state: 'added' }]);
    }
  });

  it('are taken with each parameter at its example', async () => {
    const refused: string[] = [];
    let sent = 0;
    for (const { method, path, operation } of client.contract.operations)
      for (const parameter of operation.parameters ?? []) {
        if ('$ref' in parameter || parameter.in === 'path') continue;
        const value = String(
          parameter.example ??
            exampleOf(client.contract.document, parameter.schema),
        );
        const [body = {}] = bodiesOf(operation);
        const isHeader = parameter.in === 'header';
        const answer = await send(
          {
            method,
            path: isHeader
              ? path
              : `${path}?${parameter.name}=${encodeURIComponent(value)}`,
            ...body,
          },
          isHeader
            ? {
                [parameter.name]: parameter.name.startsWith('If-')
                  ? '"1"'
                  : `${value}-${sent}`,
              }
            : {},
        );
        sent += 1;
        if (answer.status >= 400)
          refused.push(
            `${method} ${path} ${parameter.name}=${value} → ${answer.status} ${answer.text}`,
          );
      }
    expect(refused).toEqual([]);
    expect(sent).toBeGreaterThan(20);
  });

  const isTaken = (operationId: string, body: object): boolean => {
    const found = client.contract.operations.find(
      ({ operation }) => operation.operationId === operationId,
    );
    const [content] = Object.values(
      (found && bodyOf(found.operation)?.content) ?? {},
    );
    const schema = content?.schema ?? {};
    return client.contract.faultsOf(schema, body).length === 0;
  };

  describe('in their schemas', () => {
    it('refuse fields that the service refuses', async () => {
      const tenant = tenantFactory.build();
      const { text } = await client.post(TENANTS, tenant);
      const { id } = JSON.parse(text) as { id: number };
      const cases = [
        ['createTenant', 'POST', TENANTS, { ...tenantFactory.build(), x: 1 }],
        ['createTenant', 'POST', TENANTS, { ...tenantFactory.build(), id: 1 }],
        ['createTenant', 'POST', TENANTS, tenantFactory.build()],
        ['updateTenant', 'PATCH', `${TENANTS}${id}`, { x: 1 }],
        ['updateTenant', 'PATCH', `${TENANTS}${id}`, { id: 1 }],
        ['updateTenant', 'PATCH', `${TENANTS}${id}`, { business_name: 'A' }],
        ['replaceTenant', 'PUT', `${TENANTS}${id}`, { x: 1 }],
        ['replaceTenant', 'PUT', `${TENANTS}${id}`, JSON.parse(text) as object],
        ['restoreTenant', 'POST', `${TENANTS}bin/${id}/restore`, { x: 1 }],
        ['restoreTenant', 'POST', `${TENANTS}bin/${id}/restore`, {}],
      ] as const;
      for (const [operationId, method, path, body] of cases) {
        if (operationId === 'restoreTenant')
          await client.delete(`${TENANTS}${id}`);
        const { status } = await client.send(method, path, { body });
        expect([path, body, status < 300]).toEqual([
          path,
          body,
          isTaken(operationId, body),
        ]);
      }
    });

    it('take a line with a password or its hash, not both and not none', async () => {
      const { password_hash, ...row } = importRow('satir');
      const password = 'gizli-parola';
      for (const [index, secrets] of [
        { password },
        { password_hash },
        { password, password_hash },
        {},
      ].entries()) {
        const line = { ...row, ...secrets, username: `satir-${index}` };
        const { rows } = await imports.run(`${JSON.stringify(line)}\n`);
        expect([index, rows[0]?.state === 'added']).toEqual([
          index,
          isTaken('importTenants', line),
        ]);
      }
    });
  });
});
