import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { UsernameTakenError } from '../../src/common/errors/username-taken.error.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import {
  type TenantInput,
  tenantFactory,
} from '../factories/tenant.factory.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { ADMIN } from '../helpers/dashboard.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { PageClient } from '../helpers/page-client.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';

const TENANTS = '/api/tenants/';
const ROUNDS = 10;
const TAKEN = [409, 'USERNAME_TAKEN'];

let app: TestApp;
let client: ApiClient;
let admins: AdminsService;

beforeAll(async () => {
  app = await TestApp.start();
  admins = app.nest.get(AdminsService);
  await admins.create(ADMIN);
  client = await ApiClient.of(app, await app.token());
});
afterAll(() => app.stop());

async function addTenant(input: Partial<TenantInput> = {}): Promise<number> {
  const answer = await client.post(TENANTS, tenantFactory.build(input));
  if (answer.status !== 201) throw new Error(answer.text);
  return (answer.json as { id: number }).id;
}

async function refusalOf(
  method: string,
  path: string,
  body?: object,
): Promise<unknown[]> {
  const answer = await client.send(method, path, { body });
  return [answer.status, answer.problem.code];
}

/** How many accounts of either kind have the name. */
async function countNamed(name: string): Promise<number> {
  const [row] = await sql<{ accounts: number }>(
    app.databaseFile,
    `SELECT (SELECT count(*) FROM admins WHERE lower(username) = ?)
          + (SELECT count(*) FROM tenants WHERE lower(username) = ?) AS accounts`,
    [name, name],
  );
  return row?.accounts ?? 0;
}

function restorePath(id: number): string {
  return `${TENANTS}bin/${id}/restore`;
}

const ONE_WINS = { outcomes: ['fulfilled', 'rejected'], accounts: 1 };

/** @param late whether the tenant comes second. */
async function race(
  name: string,
  takeAsTenant: () => Promise<unknown>,
  late: boolean,
): Promise<object> {
  const contenders = [
    takeAsTenant,
    () => admins.create({ ...ADMIN, username: name }),
  ];
  const settled = await Promise.allSettled(
    (late ? contenders.toReversed() : contenders).map((take) => take()),
  );
  return {
    outcomes: settled.map(({ status }) => status).toSorted(),
    accounts: await countNamed(name),
  };
}

async function assertDone(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(text);
}

describe('an admin’s name is refused', () => {
  const username = ADMIN.username.toUpperCase();

  it('to a new tenant', async () => {
    expect(
      await refusalOf('POST', TENANTS, tenantFactory.build({ username })),
    ).toEqual(TAKEN);
  });

  it.each(['PUT', 'PATCH'])('by %s', async (method) => {
    const path = `${TENANTS}${await addTenant()}`;
    expect(await refusalOf(method, path, { username })).toEqual(TAKEN);
  });

  it('to a tenant that comes back from the bin', async () => {
    const namesake = await addTenant({ username: 'namesake' });
    const other = await addTenant();
    for (const id of [namesake, other]) await client.delete(`${TENANTS}${id}`);
    await admins.create({ ...ADMIN, username: 'namesake' });

    expect(await refusalOf('POST', restorePath(namesake))).toEqual(TAKEN);
    expect(await refusalOf('POST', restorePath(other), { username })).toEqual(
      TAKEN,
    );
    const renamed = await client.post(restorePath(namesake), {
      username: 'namesake-2',
    });
    expect(renamed.status).toBe(200);
  });

  it.each(['', '?dry_run=true'])('to a line of an import%s', async (query) => {
    const report = await new ImportsApi(client).run(
      ndjson([
        importRow(username),
        importRow(ADMIN.username, {
          password_hash: undefined,
          password: 'parola-parola',
        }),
        importRow(`free${query.length}`),
      ]),
      query,
    );
    expect(report.rows.map(({ errors }) => errors[0]?.code)).toEqual([
      'USERNAME_TAKEN',
      'USERNAME_TAKEN',
      undefined,
    ]);
  });

  it('in the forms of the dashboard', async () => {
    const page = await PageClient.signedIn(app.url);
    const id = await addTenant();
    const form = {
      ...tenantFactory.build({ username }),
      system_prompt: 'Talimatlar',
    };
    for (const path of ['/tenants/new', `/tenants/${id}/edit`]) {
      const { status, text } = await page.submit(path, form);
      expect([path, status]).toEqual([path, 409]);
      expect(text).toContain('Bu kullanıcı adı zaten kullanılıyor');
    }
  });
});

describe('a tenant’s name is refused', () => {
  it('to a new admin, in whatever case it is stored', async () => {
    await addTenant({ username: 'berber' });
    await sql(
      app.databaseFile,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt)
       VALUES ('Eski.Berber', '', 'Eski', '', 'Eski sistem talimatı')`,
    );
    const page = await PageClient.signedIn(app.url);
    for (const username of ['berber', 'eski.berber']) {
      await expect(admins.create({ ...ADMIN, username })).rejects.toThrow(
        UsernameTakenError,
      );
      const { status, text } = await page.submit('/admins/new', {
        ...ADMIN,
        username,
      });
      expect(status).toBe(409);
      expect(text).toContain('Bu kullanıcı adı zaten kullanılıyor');
      expect(await countNamed(username)).toBe(1);
    }
  });
});

describe('of an admin and a tenant that take one name at once, one gets it', () => {
  it(`creates, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const username = `race-${round}`;
      const create = () => addTenant({ username });
      expect(await race(username, create, round % 2 === 0)).toEqual(ONE_WINS);
    }
  });

  it('renames', async () => {
    const path = `${TENANTS}${await addTenant()}`;
    for (const late of [false, true]) {
      const username = `renamed-${late}`;
      const rename = () => assertDone(client.patch(path, { username }));
      expect(await race(username, rename, late)).toEqual(ONE_WINS);
    }
  });

  it('restores', async () => {
    const id = await addTenant();
    const path = restorePath(id);
    for (const late of [false, true]) {
      await client.delete(`${TENANTS}${id}`);
      const username = `restored-${late}`;
      const restore = () => assertDone(client.post(path, { username }));
      expect(await race(username, restore, late)).toEqual(ONE_WINS);
    }
  });
});

it('a name that was two accounts’ before goes on to be, and both can be changed', async () => {
  const id = await addTenant();
  await sql(app.databaseFile, 'UPDATE tenants SET username = ? WHERE id = ?', [
    ADMIN.username,
    id,
  ]);
  const { json } = await client.get(`${TENANTS}${id}`);
  const body = json as { username: string };
  expect(body.username).toBe(ADMIN.username);
  const path = `${TENANTS}${id}`;
  const changed = await client.put(path, { ...body, business_name: 'Yeni' });
  expect(changed.status).toBe(200);
  const password = 'kiraci-parolasi';
  expect((await client.patch(path, { password })).status).toBe(200);

  const asTenant = await new PageClient(app.url).signIn(
    ADMIN.username,
    password,
  );
  expect(asTenant.location).toBe('/panel');
  const asAdmin = await new PageClient(app.url).signIn(
    ADMIN.username,
    ADMIN.password,
  );
  expect(asAdmin.location).toBe('/');
});
