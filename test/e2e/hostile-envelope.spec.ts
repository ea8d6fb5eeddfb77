import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { ApiClient, type Call } from '../helpers/api-client.js';
import { CANARY } from '../helpers/hostile-values.js';
import { TestApp } from '../helpers/test-app.js';

const LIMIT = 524_288;
const JSON_TYPE = { 'content-type': 'application/json' };

/** JSON of exactly so many bytes, refused for an unknown field once it is read. */
function jsonOf(bytes: number): string {
  const frame = '{"x":""}';
  return `{"x":"${'a'.repeat(bytes - frame.length)}"}`;
}

/** Objects and arrays within each other; the root is level 1. */
function nested(levels: number, [open, close]: [string, string]): string {
  return `{"x":${open.repeat(levels - 1)}${close.repeat(levels - 1)}}`;
}

describe('Hostile envelopes', () => {
  let app: TestApp;
  let client: ApiClient;
  let path: string;

  beforeAll(async () => {
    app = await TestApp.start();
    client = await ApiClient.of(app, await app.token());
    const { headers } = await client.post(
      '/api/tenants/',
      tenantFactory.build(),
    );
    path = String(headers.location);
  });
  afterAll(() => app.stop());

  async function expectProblem(
    method: string,
    url: string,
    call: Call,
    [status, code]: readonly [number, string],
  ): Promise<void> {
    const answer = await client.send(method, url, call);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
    expect(answer.everything).not.toContain(CANARY);
  }

  describe.each([
    ['POST', '/api/tenants/'],
    ['PUT', '/api/tenants/1'],
    ['PATCH', '/api/tenants/1'],
  ])('in the body of %s', (method, url) => {
    const MALFORMED = [400, 'MALFORMED_REQUEST'] as const;
    const INVALID = [422, 'VALIDATION_FAILED'] as const;

    it.each<[string, string | Buffer]>([
      ['text', CANARY],
      ['an unfinished object', `{"username":"${CANARY}"`],
      ['a trailing comma', `{"username":"${CANARY}",}`],
      ['a second value', `{}{"${CANARY}":1}`],
      ['a comment', `{} // ${CANARY}`],
      ['single quotes', `{'username':'${CANARY}'}`],
      ['NaN', `{"username":NaN,"x":"${CANARY}"}`],
      ['a raw control character', `{"username":"${CANARY}\n"}`],
      ['a form', `username=${CANARY}`],
      ['a NUL byte', '\0'],
      ['only blanks', '   '],
      ['a stray continuation byte', Buffer.from([0x22, 0x80, 0x22])],
      ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
      ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
      [
        'a code point above U+10FFFF',
        Buffer.from([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]),
      ],
      ['a cut sequence', Buffer.from([0x22, 0xf0, 0x9f, 0xa6])],
      [
        'Latin-5',
        Buffer.concat([
          Buffer.from('{"business_name":"'),
          Buffer.from([0xfe, 0xf0]),
          Buffer.from('"}'),
        ]),
      ],
      ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le')],
      ['33 levels of arrays', nested(33, ['[', ']'])],
      [
        '33 levels of objects',
        `${'{"x":'.repeat(33)}1${'}'.repeat(33)}`.replace('1', '{}'),
      ],
      ['45,000 levels of arrays', '['.repeat(45_000) + ']'.repeat(45_000)],
      ['45,000 levels, unfinished', '['.repeat(45_000)],
      [
        '45,000 levels of objects',
        `${'{"a":'.repeat(45_000)}1${'}'.repeat(45_000)}`,
      ],
    ])('answers 400 to %s', async (_name, raw) => {
      await expectProblem(method, url, { raw, headers: JSON_TYPE }, MALFORMED);
    });

    it.each([
      ['nothing', ''],
      ['null', 'null'],
      ['true', 'true'],
      ['a number', '42'],
      ['a string', `"${CANARY}"`],
      ['an array', `[{"username":"${CANARY}"}]`],
      ['an empty array', '[]'],
    ])('answers 422 for the whole body to %s', async (_name, raw) => {
      const answer = await client.send(method, url, {
        raw,
        headers: JSON_TYPE,
      });
      expect([answer.status, answer.problem.code]).toEqual(INVALID);
      const [fault] = answer.problem.errors ?? [];
      expect(answer.problem.errors).toHaveLength(1);
      expect(fault?.pointer).toBe('');
      expect(fault?.code).toBe(raw === '' ? 'REQUIRED' : 'WRONG_TYPE');
      expect(answer.everything).not.toContain(CANARY);
    });

    it('reads 32 levels', async () => {
      const raw = nested(32, ['[', ']']);
      const answer = await client.send(method, url, {
        raw,
        headers: JSON_TYPE,
      });
      expect(answer.status).toBe(422);
      expect(answer.faults).toContainEqual(['/x', 'UNKNOWN_FIELD']);
    });

    it('takes the last of equal keys, as JSON.parse does, and checks what it takes', async () => {
      const raw = '{"business_name":"Ad","business_name":7}';
      const { faults } = await client.send(method, url, {
        raw,
        headers: JSON_TYPE,
      });
      expect(faults).toContainEqual(['/business_name', 'WRONG_TYPE']);
    });

    it('reads 524,288 bytes and not one more, with Content-Length', async () => {
      const answer = await client.send(method, url, {
        raw: jsonOf(LIMIT),
        headers: JSON_TYPE,
      });
      expect(answer.faults).toContainEqual(['/x', 'UNKNOWN_FIELD']);
      await expectProblem(
        method,
        url,
        { raw: jsonOf(LIMIT + 1), headers: JSON_TYPE },
        [413, 'BODY_TOO_LARGE'],
      );
    });

    it('reads 524,288 bytes and not one more, in chunks', async () => {
      const headers = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
      const answer = await client.send(method, url, {
        raw: jsonOf(LIMIT),
        headers,
      });
      expect(answer.faults).toContainEqual(['/x', 'UNKNOWN_FIELD']);
      await expectProblem(method, url, { raw: jsonOf(LIMIT + 1), headers }, [
        413,
        'BODY_TOO_LARGE',
      ]);
    });

    it('counts bytes, not characters', async () => {
      const raw = `{"x":"${'ş'.repeat(LIMIT / 2)}"}`;
      await expectProblem(method, url, { raw, headers: JSON_TYPE }, [
        413,
        'BODY_TOO_LARGE',
      ]);
    });

    it.each([
      ['text/plain'],
      ['application/x-www-form-urlencoded'],
      ['multipart/form-data; boundary=x'],
      ['application/json5'],
      ['application/problem+json'],
      ['application/ld+json'],
      ['application/merge-patch+json'],
      ['text/json'],
      ['*/*'],
      ['json'],
      [''],
      ['application/json; charset=iso-8859-9'],
      ['application/json; charset=utf-16'],
      ['application/json; charset=utf-7'],
      ['application/json; charset=""'],
      ['application/json; charset'],
      ['application/json; charset=utf88'],
      ['application/json, text/plain'],
      [`application/${CANARY}`],
    ])('answers 415 to Content-Type "%s"', async (type) => {
      await expectProblem(
        method,
        url,
        { raw: '{}', headers: { 'content-type': type } },
        [415, 'UNSUPPORTED_MEDIA_TYPE'],
      );
    });

    it('answers 415 without a Content-Type', async () => {
      await expectProblem(method, url, { raw: '{}' }, [
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ]);
      await expectProblem(method, url, {}, [415, 'UNSUPPORTED_MEDIA_TYPE']);
    });

    it.each([
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
      'Application/JSON; Charset=Utf-8',
      'application/json; profile=x',
      'application/json;',
      'application/json; charset=utf8',
      'application/json;; charset=UTF8 ;',
    ])('reads %s', async (type) => {
      const { faults } = await client.send(method, url, {
        raw: '{"x":1}',
        headers: { 'content-type': type },
      });
      expect(faults).toContainEqual(['/x', 'UNKNOWN_FIELD']);
    });

    it.each(['gzip', 'deflate', 'br', 'GZIP', 'gzip, identity', 'x'])(
      'answers 415 to Content-Encoding %s',
      async (encoding) => {
        await expectProblem(
          method,
          url,
          {
            raw: gzipSync('{}'),
            headers: { ...JSON_TYPE, 'content-encoding': encoding },
          },
          [415, 'UNSUPPORTED_MEDIA_TYPE'],
        );
      },
    );

    it('reads Content-Encoding identity', async () => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'identity' };
      const { status } = await client.send(method, url, {
        raw: '{"x":1}',
        headers,
      });
      expect(status).toBe(422);
    });
  });

  it('reads a body that begins with a byte order mark as the same body without', async () => {
    const { status, tenant } = await client.patch(path, undefined, {
      raw: Buffer.from('\uFEFF{"business_name":"Ad"}'),
      headers: JSON_TYPE,
    });
    expect([status, tenant.business_name]).toEqual([200, 'Ad']);
  });

  it.each(['GET', 'DELETE'])('ignores the body of %s', async (method) => {
    const { status } = await client.send(method, '/api/tenants/999999', {
      raw: '{broken',
      headers: { ...JSON_TYPE, 'content-length': 7 },
    });
    expect(status).toBe(404);
  });

  it('leave the service well and the tenants as they were', async () => {
    expect((await client.get('/health')).status).toBe(200);
    const { tenants, headers } = await client.get('/api/tenants/');
    expect([tenants.length, headers['x-total-count']]).toEqual([1, '1']);
  });

  it('judges an announced body by its announcement', async () => {
    const answer = await client.sendBytes(
      `POST /api/tenants/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client.token}\r\nContent-Type: application/json\r\nContent-Length: ${LIMIT + 1}\r\nConnection: close\r\n\r\n`,
    );
    expect([answer.status, answer.problem.code]).toEqual([
      413,
      'BODY_TOO_LARGE',
    ]);
  });
});
