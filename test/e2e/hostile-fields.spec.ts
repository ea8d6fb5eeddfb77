import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import {
  CANARY,
  HOSTILE_VALUES,
  HOSTILE_BODIES,
  type HostileMethod,
  WELCOME_VALUES,
} from '../helpers/hostile-values.js';
import { TestApp } from '../helpers/test-app.js';

const METHODS: HostileMethod[] = ['POST', 'PUT', 'PATCH'];
const TURKISH_ONLY = /[çğıöşüÇĞİÖŞÜ]|olmalı|gerekli|biçimde/;

describe('Hostile field values', () => {
  let app: TestApp;
  let client: ApiClient;
  let path: string;
  let before: Answer;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    const { headers } = await client.post(
      '/api/tenants/',
      tenantFactory.build(),
    );
    path = String(headers.location);
    before = await client.get('/api/tenants/');
  });
  afterAll(() => app.stop());

  /** Sends raw JSON in both languages and expects the same refusal twice, without an echo or a trace. */
  async function expectRefusal(
    method: HostileMethod,
    json: string,
    faults: [pointer: string, code: string][],
  ): Promise<void> {
    const url = method === 'POST' ? '/api/tenants/' : path;
    const [turkish, english] = await Promise.all(
      [undefined, 'en'].map((language) =>
        client.send(method, url, {
          raw: json,
          headers: {
            'content-type': 'application/json',
            ...(language !== undefined && { 'accept-language': language }),
          },
        }),
      ),
    );
    for (const [answer, language] of [
      [turkish, 'tr'],
      [english, 'en'],
    ] as const) {
      expect(answer?.faults.toSorted()).toEqual(faults.toSorted());
      expect(answer?.status).toBe(422);
      expect(answer?.problem.code).toBe('VALIDATION_FAILED');
      expect(answer?.header('content-language')).toBe(language);
      expect(answer?.everything).not.toContain(CANARY);
      const texts = [
        answer?.problem.detail,
        ...(answer?.problem.errors ?? []).map(({ message }) => message),
      ];
      for (const text of texts)
        expect(TURKISH_ONLY.test(text ?? '')).toBe(language === 'tr');
    }
    expect((await client.get('/health')).status).toBe(200);
    const after = await client.get('/api/tenants/');
    expect(after.json).toEqual(before.json);
    expect(after.header('x-total-count')).toBe('1');
  }

  describe.each(METHODS)('of %s', (method) => {
    it.each(HOSTILE_VALUES)('$field: $name', async ({ field, value, code }) => {
      const body =
        method === 'POST'
          ? { ...tenantFactory.build(), [field]: value }
          : { [field]: value };
      await expectRefusal(method, JSON.stringify(body), [[`/${field}`, code]]);
    });

    it.each(HOSTILE_BODIES)('$name', async ({ fields, faults }) => {
      const valid =
        method === 'POST' ? JSON.stringify(tenantFactory.build()) : '{}';
      const json = `{${[valid.slice(1, -1), fields].filter(Boolean).join(',')}}`;
      await expectRefusal(method, json, faults);
    });

    it('reports every bad field at once, unknown ones among them', async () => {
      const body = {
        username: 'ab',
        password: 12_345_678,
        business_name: '\u200B',
        openai_api_key: `${CANARY} mit Leerzeichen`,
        system_prompt: 'kısa',
        unknown: CANARY,
        'a/b~c': CANARY,
      };
      await expectRefusal(method, JSON.stringify(body), [
        ['/username', 'TOO_SHORT'],
        ['/password', 'WRONG_TYPE'],
        ['/business_name', 'INVALID_FORMAT'],
        ['/openai_api_key', 'INVALID_CHARACTERS'],
        ['/system_prompt', 'TOO_SHORT'],
        ['/unknown', 'UNKNOWN_FIELD'],
        ['/a~1b~0c', 'UNKNOWN_FIELD'],
      ]);
    });

    it('answers a flood of unknown fields briefly', async () => {
      const flood = Array.from({ length: 20_000 }, (_, index) => [
        `f${index}`,
        index,
      ]);
      const answer = await client.send(
        method,
        method === 'POST' ? '/api/tenants/' : path,
        { body: Object.fromEntries(flood) as unknown },
      );
      expect(answer.status).toBe(422);
      expect(answer.faults).toContainEqual(['/f0', 'UNKNOWN_FIELD']);
      expect(answer.text.length).toBeLessThan(10_000);
    });
  });

  it('requires all but the prompt on create, and names all that is missing', async () => {
    await expectRefusal('POST', '{}', [
      ['/username', 'REQUIRED'],
      ['/password', 'REQUIRED'],
      ['/business_name', 'REQUIRED'],
      ['/openai_api_key', 'REQUIRED'],
    ]);
  });

  it.each([
    'username',
    'password',
    'business_name',
    'openai_api_key',
    'system_prompt',
  ])('refuses null for %s on create', async (field) => {
    const body = { ...tenantFactory.build(), [field]: null };
    await expectRefusal('POST', JSON.stringify(body), [
      [`/${field}`, 'WRONG_TYPE'],
    ]);
  });

  it.each([
    'id',
    'status',
    'openai_api_key_hint',
    'openai_api_key_state',
    'version',
    'created_at',
    'updated_at',
  ])('refuses the output-only %s, except in a PUT', async (field) => {
    const create = { ...tenantFactory.build(), [field]: CANARY };
    await expectRefusal('POST', JSON.stringify(create), [
      [`/${field}`, 'UNKNOWN_FIELD'],
    ]);
    await expectRefusal('PATCH', JSON.stringify({ [field]: CANARY }), [
      [`/${field}`, 'UNKNOWN_FIELD'],
    ]);
    expect((await client.put(path, { [field]: CANARY })).status).toBe(200);
    expect((await client.get('/api/tenants/')).json).toEqual(before.json);
  });

  it.each(WELCOME_VALUES)(
    'takes $field: $name, and keeps it as it is',
    async ({ field, value }) => {
      const { status, tenant } = await client.patch(path, { [field]: value });
      expect(status).toBe(200);
      const shown = Object.entries(tenant).find(([name]) => name === field);
      expect(shown?.[1] ?? value).toBe(value);
      before = await client.get('/api/tenants/');
    },
  );

  it('has polluted no prototype', () => {
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
