import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import type { Answer } from '../helpers/answer.js';
import { sendRequest } from '../helpers/send-request.js';
import { type Outcome, Service } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const DATABASE = 'randevu_asistani.db';
const random = (): string => randomBytes(18).toString('hex');
/** No secret, and everywhere: shows that the search finds what is there. */
const CONTROL = `kontrol-${random()}`;

const OLD_KEY = generateEncryptionKey();
const NEW_KEY = generateEncryptionKey();
const SECRET_KEY = `secret-${random()}`;
const canary = {
  'OpenAI key, REST': `sk-rest-${random()}`,
  'OpenAI key, REST, changed': `sk-changed-${random()}`,
  'OpenAI key, REST, refused': `sk-refused ${random()}`,
  'OpenAI key, form': `sk-form-${random()}`,
  'OpenAI key, form, changed': `sk-edited-${random()}`,
  'OpenAI key, form, refused': `sk-typed ${random()}`,
  'OpenAI key, broken JSON': `sk-broken-${random()}`,
  'OpenAI key, unknown field': `sk-unknown-${random()}`,
  'OpenAI key, address': `sk-address-${random()}`,
  'password, REST': `parola-rest-${random()}`,
  'password, REST, changed': `parola-degisti-${random()}`,
  'password, REST, refused': `parola-uzun-${random().repeat(3)}`,
  'password, form': `parola-form-${random()}`,
  'admin password': `yonetici-${random()}`,
  'admin password, mistyped': `yanlis-${random()}`,
  'admin password, refused': 'Qx7-kısa',
  'API token, made up': `vr_AAAAAAAA_${random()}`,
  'session cookie, made up': `session-${random()}`,
  SECRET_KEY,
  'ENCRYPTION_KEY, old': OLD_KEY,
  'ENCRYPTION_KEY, new': NEW_KEY,
};

describe('a spy finds no secret', () => {
  const folder = makeWorkspace();
  const database = join(folder, DATABASE);
  const backup = join(folder, 'backup.db');
  const env = { NODE_ENV: 'production', LOG_LEVEL: 'trace', SECRET_KEY };
  const secrets = new Map<string, Buffer>(
    Object.entries(canary).map(([name, text]) => [name, Buffer.from(text)]),
  );
  const answers: Answer[] = [];
  const outcomes: Outcome[] = [];
  const logs: string[] = [];
  const files = new Map<string, Buffer>();
  let service: Service;
  let tokenLine: Outcome;
  let cookies: Record<string, string> = {};

  /** Which secrets are in there, and how often. */
  function hits(where: Buffer | string): [name: string, times: number][] {
    const bytes = Buffer.from(where);
    return [...secrets]
      .map(([name, secret]): [string, number] => [name, times(bytes, secret)])
      .filter(([, found]) => found > 0);
  }

  async function call(
    method: string,
    path: string,
    token: string | null,
    body?: string,
  ): Promise<Answer> {
    const answer = await sendRequest(service.url, {
      method,
      path,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
    });
    answers.push(answer);
    return answer;
  }

  /** As a browser does: keeps cookies, follows no redirect. */
  async function browse(
    path: string,
    form?: Record<string, string>,
  ): Promise<Answer> {
    const answer = await sendRequest(service.url, {
      method: form === undefined ? 'GET' : 'POST',
      path,
      headers: {
        cookie: Object.entries(cookies)
          .map((pair) => pair.join('='))
          .join('; '),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form && new URLSearchParams(form).toString(),
    });
    answers.push(answer);
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies[name] = decodeURIComponent(value);
    }
    return answer;
  }

  async function submit(
    path: string,
    fields: Record<string, string>,
    page = path,
  ): Promise<Answer> {
    const { text } = await browse(page);
    const hidden = [
      ...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g),
    ].map(([, name = '', value = '']) => [name, value]);
    return browse(path, { ...Object.fromEntries(hidden), ...fields });
  }

  async function cli(args: readonly string[], stdin = ''): Promise<Outcome> {
    const outcome = await service.cli(args, stdin);
    outcomes.push(outcome);
    return outcome;
  }

  async function overRest(token: string): Promise<void> {
    const tenant = {
      username: CONTROL,
      business_name: 'Güneş',
      password: canary['password, REST'],
      openai_api_key: canary['OpenAI key, REST'],
    };
    const list = '/api/tenants';
    const created = await call('POST', list, token, JSON.stringify(tenant));
    const one = `${list}/${created.tenant.id}`;
    const refused: [string, object][] = [
      ['PATCH', { openai_api_key: canary['OpenAI key, REST, refused'] }],
      ['PATCH', { password: canary['password, REST, refused'] }],
      ['PATCH', { api_key: canary['OpenAI key, unknown field'] }],
    ];
    for (const [method, body] of refused)
      await call(method, one, token, JSON.stringify(body));
    await call('POST', list, token, JSON.stringify(tenant));
    await call(
      'POST',
      list,
      token,
      `{"a":"${canary['OpenAI key, broken JSON']}`,
    );
    await call(
      'PATCH',
      one,
      token,
      JSON.stringify({
        openai_api_key: canary['OpenAI key, REST, changed'],
        password: canary['password, REST, changed'],
      }),
    );
    const address = canary['OpenAI key, address'];
    for (const path of [one, list, `${list}?key=${address}`, `/api/${address}`])
      await call('GET', path, token);
    await call('GET', `${list}/${address}`, token);
    await call('GET', list, canary['API token, made up']);
    await call('GET', `/${address}?key=${address}`, null);
    for (const path of ['/api/audit?limit=100', '/api/openapi.json'])
      await call('GET', path, token);
  }

  async function overForms(): Promise<void> {
    cookies = { vr_session: canary['session cookie, made up'] };
    await browse('/');
    cookies = {};
    const username = 'zeynep';
    await submit('/login', {
      username,
      password: canary['admin password, mistyped'],
    });
    await submit('/login', { username, password: canary['admin password'] });
    const cookie = cookies.vr_session ?? '';
    if (cookie === '') throw new Error('not signed in');
    secrets.set('session cookie', Buffer.from(cookie.split('.')[0] ?? ''));
    secrets.set('device cookie', Buffer.from(cookies.vr_device ?? ''));
    const tenant = {
      username: 'form-tenant',
      business_name: 'Ay',
      system_prompt: 'Sen bir sanal resepsiyonistsin.',
      password: canary['password, form'],
    };
    await submit('/tenants/new', {
      ...tenant,
      openai_api_key: canary['OpenAI key, form, refused'],
    });
    const created = await submit('/tenants/new', {
      ...tenant,
      openai_api_key: canary['OpenAI key, form'],
    });
    const page = created.header('location') ?? '';
    await submit(`${page}/edit`, {
      ...tenant,
      password: '',
      openai_api_key: canary['OpenAI key, form, changed'],
    });
    for (const path of ['/', page, `${page}/edit`, `${page}/delete`, '/none'])
      await browse(path);
    await submit('/logout', {}, '/');
    await browse('/');
  }

  function readFiles(when: string): void {
    for (const name of readdirSync(folder))
      files.set(`${name}, ${when}`, readFileSync(join(folder, name)));
  }

  beforeAll(async () => {
    service = await Service.start(folder, { ...env, ENCRYPTION_KEY: OLD_KEY });
    await cli(
      ['admin', 'create', '--username', 'ayse'],
      canary['admin password, refused'],
    );
    await cli(
      ['admin', 'create', '--username', 'zeynep'],
      canary['admin password'],
    );
    const scopes = 'tenants:read,tenants:write,audit:read';
    tokenLine = await service.cli(
      `token create --name spy --scopes ${scopes}`.split(' '),
    );
    const token = tokenLine.stdout.trim();
    secrets.set('API token', Buffer.from(token.slice('vr_12345678_'.length)));
    await overRest(token);
    await overForms();
    readFiles('serving');
    await service.stop();
    logs.push(service.output.stdout, service.output.stderr);

    const keys = { ENCRYPTION_KEY: `${NEW_KEY},${OLD_KEY}` };
    service = await Service.start(folder, { ...env, ...keys });
    for (const command of [
      'keys rotate',
      'keys status',
      'keys verify',
      'token list',
      'audit verify',
      `db backup ${backup}`,
    ])
      await cli(command.split(' '));
    await call('GET', '/api/audit?limit=100', token);
    readFiles('rotated');
    await service.stop();
    logs.push(service.output.stdout, service.output.stderr);
    readFiles('stopped');
    for (const [name, key] of [
      ['old', OLD_KEY],
      ['new', NEW_KEY],
    ] as const)
      secrets.set(
        `bytes of ENCRYPTION_KEY, ${name}`,
        Buffer.from(key, 'base64'),
      );
  }, 90_000);
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  it('while all of it was really done', () => {
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses]).toEqual(
      expect.arrayContaining([200, 201, 303, 400, 401, 404, 409, 422]),
    );
    expect(outcomes.map(({ code }) => code)).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(outcomes[2]?.stdout).toContain(
      '2 kayıt ilk anahtarla yeniden şifrelendi',
    );
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        `${DATABASE}-wal, serving`,
        `${DATABASE}-shm, serving`,
        `${DATABASE}, stopped`,
        'backup.db, stopped',
      ]),
    );
    expect(answers.some(({ text }) => isSeen(text))).toBe(true);
    expect(isSeen(files.get('backup.db, stopped') ?? '')).toBe(true);
    expect(isSeen(files.get(`${DATABASE}-wal, serving`) ?? '')).toBe(true);
    expect(hits(`x${SECRET_KEY}y${SECRET_KEY}`)).toEqual([['SECRET_KEY', 2]]);
  });

  it('in any log line', () => {
    expect(logs.join('').split('\n').length).toBeGreaterThan(30);
    expect(logs.flatMap(hits)).toEqual([]);
  });

  it('in any answer, header or page, but the session and the browser in their own cookies', () => {
    expect(answers.flatMap(({ text }) => hits(text))).toEqual([]);
    const own = answers.filter((answer) => hits(answer.everything).length > 0);
    expect(own).toHaveLength(1);
    expect(hits(own[0]?.everything ?? '')).toEqual([
      ['session cookie', 1],
      ['device cookie', 1],
    ]);
    for (const name of ['vr_session', 'vr_device'])
      expect(own[0]?.headers['set-cookie']).toContainEqual(
        expect.stringMatching(new RegExp(`^${name}=[^;]+;.*HttpOnly`)),
      );
  });

  it('in any output of a command, but the token on the line that gives it', () => {
    expect(
      outcomes.flatMap(({ stdout, stderr }) => hits(stdout + stderr)),
    ).toEqual([]);
    expect(hits(tokenLine.stdout)).toEqual([['API token', 1]]);
    expect(hits(tokenLine.stderr)).toEqual([]);
  });

  it('in any audit row', async () => {
    const rows = await sql(database, 'SELECT * FROM audit_entries');
    expect(rows.length).toBeGreaterThan(8);
    expect(hits(JSON.stringify(rows))).toEqual([]);
  });

  it('in the raw bytes of database, log, shared memory and backup', () => {
    const found = [...files]
      .filter(([, bytes]) => bytes.length > 0)
      .map(([name, bytes]) => [name, hits(bytes)]);
    expect(found.length).toBeGreaterThanOrEqual(8);
    expect(found.filter(([, names]) => names?.length !== 0)).toEqual([]);
    process.stdout.write(
      `spy: ${secrets.size} secrets, ${answers.length} answers, ${outcomes.length + 1} commands, ${found.length} files\n`,
    );
  });
});

function isSeen(place: Buffer | string): boolean {
  return Buffer.from(place).includes(CONTROL);
}

function times(bytes: Buffer, secret: Buffer): number {
  let count = 0;
  for (
    let at = bytes.indexOf(secret);
    at >= 0;
    at = bytes.indexOf(secret, at + secret.length)
  )
    count += 1;
  return count;
}
