import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/common/errors/domain.error.js';
import { ApiClient } from '../helpers/api-client.js';
import { Answer } from '../helpers/answer.js';
import { projectPath } from '../helpers/paths.js';
import { routesOf } from '../helpers/routes.js';
import { TestApp } from '../helpers/test-app.js';

/** What Redocly's public ruleset finds, its warnings taken as errors. */
async function findingsOf(document: object): Promise<string[]> {
  const findings = await lintFromString({
    source: JSON.stringify(document),
    config: await createConfig({
      extends: ['recommended-strict'],
      // It looks at paths alone: `bin/{id}` and `{id}/suspend` differ in their methods, and an id is a number.
      rules: { 'no-ambiguous-paths': 'off' },
    }),
  });
  return findings.map(
    ({ ruleId, location, message }) =>
      `${ruleId} at ${location[0]?.pointer}: ${message}`,
  );
}

describe('OpenAPI document', () => {
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app);
  });
  afterAll(() => app.stop());

  it('is valid OpenAPI 3.1', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(
      JSON.parse(
        readFileSync(
          projectPath('test/fixtures/openapi-3.1/schema.json'),
          'utf8',
          // Nothing overrides the anchor here, and Ajv loses its way from inside other definitions.
        ).replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"'),
      ) as object,
    );
    validate(client.contract.document);
    expect(validate.errors).toBeNull();
    expect(client.contract.document.openapi).toMatch(/^3\.1\./);
    expect(validate({ openapi: '3.1.0' })).toBe(false);
  });

  describe('by the public ruleset of Redocly', () => {
    it('is without fault', async () => {
      expect(await findingsOf(client.contract.document)).toEqual([]);
    });

    it.each([
      ['operation-summary', { summary: undefined }],
      ['operation-4xx-response', { responses: { 200: { description: '' } } }],
      ['security-defined', { security: undefined }],
    ])('would be found out by %s', async (rule, change) => {
      const { document } = client.contract;
      const path = '/api/tenants';
      const changed = { ...document.paths[path]?.get, ...change };
      const paths = { ...document.paths, [path]: { get: changed } };
      const findings = await findingsOf({ ...document, paths });
      expect(findings.join('\n')).toContain(
        `${rule} at #/paths/~1api~1tenants`,
      );
    });
  });

  it('has every schema that it refers to, and each is valid JSON Schema', () => {
    const { document } = client.contract;
    const schemas = document.components?.schemas ?? {};
    const references = JSON.stringify(document).matchAll(
      /"\$ref":"#\/components\/schemas\/(\w+)"/g,
    );
    const names = new Set([...references].map(([, name]) => name));
    expect(names.size).toBeGreaterThan(4);
    for (const name of names) expect(schemas).toHaveProperty(String(name));
    const ajv = new Ajv2020({ strict: false });
    for (const schema of Object.values(schemas))
      expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('names every route under /api and /health, and no other', () => {
    const routes = routesOf(app)
      .filter(({ path }) => /^\/(?:api|health)(?:\/|$)/.test(path))
      .map(
        ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
      );
    const documented = client.contract.operations.map(
      ({ method, path }) => `${method} ${path}`,
    );
    expect(documented.toSorted()).toEqual(routes.toSorted());
    expect(documented).toContain('post /api/tenants');
  });

  it('gives each operation an id, a summary and a tag of its own', () => {
    const { operations, document } = client.contract;
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(operations.length);
    const tags = (document.tags ?? []).map(({ name }) => name);
    for (const { operation } of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.summary).toBeTruthy();
      expect(tags).toEqual(expect.arrayContaining(operation.tags ?? ['none']));
    }
  });

  it('asks for a bearer token with a scope on every call but the documentation and the probes', () => {
    for (const { path, operation } of client.contract.operations) {
      const open = /^\/health|^\/api\/(?:docs|openapi\.json)$/.test(path);
      expect(operation.security).toEqual(open ? [] : [{ bearer: [] }]);
      expect(Object.hasOwn(operation, 'x-required-scope')).toBe(!open);
      expect(Object.hasOwn(operation.responses, '401')).toBe(!open);
    }
    expect(
      client.contract.document.components?.securitySchemes?.bearer,
    ).toMatchObject({ type: 'http', scheme: 'bearer', bearerFormat: 'vr_…' });
  });

  it('knows every error code', () => {
    const text = JSON.stringify(
      client.contract.document.components?.schemas?.ProblemDetailsDto,
    );
    for (const code of ERROR_CODES) expect(text).toContain(`"${code}"`);
  });

  it('documents path parameters of every template', () => {
    for (const { path, operation } of client.contract.operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const documented = (operation.parameters ?? []).flatMap((parameter) =>
        'in' in parameter && parameter.in === 'path' ? [parameter.name] : [],
      );
      expect(documented).toEqual(named);
    }
  });

  it.each(['/api/openapi.json', '/api/docs', '/api/docs/', '/health'])(
    'answers %s without a token',
    async (path) => {
      expect((await client.get(path)).status).toBe(200);
      expect((await client.send('HEAD', path)).status).toBe(200);
    },
  );

  it.each([
    ['/api/docs', 'en', 'en'],
    ['/api/docs?lang=en', 'tr', 'en'],
    ['/api/docs?lang=tr', 'en', 'tr'],
    ['/api/docs?lang=de', 'en', 'en'],
    ['/api/docs?lang=en&lang=tr', 'tr', 'tr'],
  ])('shows %s to a reader of %s in %s', async (path, reader, language) => {
    const { text, ...answer } = await client.get(path, {
      headers: { 'accept-language': reader },
    });
    expect(answer.headers['content-language']).toBe(language);
    expect(text).toContain(`<html lang="${language}">`);
    const other = language === 'tr' ? 'en' : 'tr';
    expect(text).toContain(`href="?lang=${other}" hreflang="${other}"`);
  });

  it('shows a call and an answer of every operation', async () => {
    const { text } = await client.get('/api/docs');
    for (const { method, path } of client.contract.operations) {
      const id = [method, ...path.split(/[^\w]+/)].filter(Boolean).join('-');
      expect(text).toContain(`<pre id="call-${id}"><code>curl`);
    }
    expect(text).toContain('&quot;openai_api_key_hint&quot;: &quot;1b2A&quot;');
    for (const header of ['Location', 'Retry-After', 'X-Request-Id'])
      expect(text).toContain(`id="header-${header}"`);
  });

  it('is the same in every language and for every caller', async () => {
    const { text } = await client.get('/api/openapi.json');
    const other = await client.get('/api/openapi.json', {
      token: await app.token(),
      headers: { 'accept-language': 'en', host: 'evil.example' },
    });
    expect(other.text).toBe(text);
    expect(text).not.toContain('evil.example');
  });

  describe('as a contract', () => {
    const tenant = {
      id: 1,
      username: 'a-b',
      business_name: 'A',
      system_prompt: 'p',
      status: 'active',
      openai_api_key_hint: null,
      openai_api_key_state: 'missing',
      version: 1,
      created_at: null,
      updated_at: null,
    };
    const json = {
      'content-type': 'application/json; charset=utf-8',
      etag: '"1"',
    };
    const check = (status: number, body: unknown, headers: object = json) =>
      client.contract.check(
        'GET',
        '/api/tenants/1',
        new Answer(status, { ...headers }, JSON.stringify(body)),
      );

    it('accepts what is documented', () => {
      expect(() => check(200, tenant)).not.toThrow();
    });

    it.each([
      ['an undocumented field', 200, { ...tenant, password_hash: 'x' }, json],
      ['a missing field', 200, { id: 1 }, json],
      ['a wrong type', 200, { ...tenant, id: '1' }, json],
      ['a wrong format', 200, { ...tenant, created_at: '2026-01-01' }, json],
      ['an undocumented status', 418, tenant, json],
      [
        'another content type',
        200,
        tenant,
        { ...json, 'content-type': 'text/html' },
      ],
      ['a missing header', 200, tenant, { ...json, etag: undefined }],
    ])('refuses %s', (_name, status, body, headers) => {
      expect(() => check(status, body, headers)).toThrow('not as documented');
    });
  });
});
