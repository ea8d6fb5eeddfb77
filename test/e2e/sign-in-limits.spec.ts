import { hashSync } from 'bcryptjs';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { AdminsRepository } from '../../src/auth/admins/admins.repository.js';
import type { Answer } from '../helpers/answer.js';
import { ADMIN } from '../helpers/dashboard.js';
import { sql } from '../helpers/test-database.js';
import { TestApp } from '../helpers/test-app.js';
import { Visitor } from '../helpers/visitor.js';

const NEW_PASSWORD = 'deniz-kenarında-fener';
const CHEAP_HASH = hashSync(ADMIN.password, 4);

let app: TestApp;
let network = 0;
/** Of the admin and the attacker of one test. */
let home: string;

beforeAll(async () => {
  // The clock that waits are measured by stands still: a slow machine sits out no wait.
  vi.useFakeTimers({ toFake: ['performance'] });
  app = await TestApp.start({
    hashCost: 12,
    env: { TRUST_PROXY: '1' },
  });
  await app.nest.get(AdminsService).create(ADMIN);
});
afterAll(async () => {
  await app.stop();
  vi.useRealTimers();
});
beforeEach(async () => {
  network += 1;
  home = `198.51.100.${network}`;
  // Another hash of the same password: no test inherits the waits of the one before.
  await sql(app.databaseFile, 'UPDATE admins SET password_hash = ?', [
    hashSync(ADMIN.password, 4),
  ]);
});

async function newcomer(address = home): Promise<Visitor> {
  const visitor = new Visitor(app.url, {
    'x-forwarded-for': address,
    'accept-language': 'tr',
  });
  await visitor.get('/login');
  return visitor;
}

function enter(visitor: Visitor, password = ADMIN.password): Promise<Answer> {
  return visitor.post('/login', { username: ADMIN.username, password });
}

/** Wrong passwords at once. @returns the statuses. */
async function guess(times: number, address = home): Promise<number[]> {
  const visitor = await newcomer(address);
  const answers = await Promise.all(
    Array.from({ length: times }, (_, turn) => enter(visitor, `wrong-${turn}`)),
  );
  return answers.map(({ status }) => status);
}

/** What the browser keeps after the session has ended. */
async function atHomeAgain(from: Visitor, address = home): Promise<Visitor> {
  const visitor = await newcomer(address);
  visitor.cookies.set('vr_device', from.cookies.get('vr_device') ?? '');
  return visitor;
}

it('strangers at the same address or elsewhere do not lock out a browser that has signed in before', async () => {
  const first = await newcomer();
  expect((await enter(first)).status).toBe(303);
  // As many as a network has in a minute, and more than the account has from one network.
  const statuses = await guess(25);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);

  expect((await enter(await newcomer())).status).toBe(429);
  expect((await enter(await atHomeAgain(first))).status).toBe(303);
  const moved = await atHomeAgain(first, '203.0.113.77');
  expect((await enter(moved)).status).toBe(303);
});

it('whoever signs in to an account of their own meanwhile gets no more guesses, neither at it nor at others', async () => {
  const first = await newcomer();
  expect((await enter(first)).status).toBe(303);
  // More than a network has in a minute.
  expect(await guess(25)).toContain(429);
  const guesser = await newcomer();
  for (const name of ['made-up-1', 'made-up-2', 'made-up-3']) {
    expect((await enter(await atHomeAgain(first))).status).toBe(303);
    const answer = await guesser.post('/login', {
      username: name,
      password: 'wrong',
    });
    expect(answer.status).toBe(429);
  }

  // What the account has left from everywhere.
  for (const end of [101, 102, 103]) await guess(5, `203.0.113.${end}`);
  for (const end of [104, 105]) {
    const known = await atHomeAgain(first, '203.0.113.78');
    expect((await enter(known)).status).toBe(303);
    expect(await guess(1, `203.0.113.${end}`)).toEqual([429]);
  }
});

it('the page says for how long one has to wait, in both languages', async () => {
  await guess(6);
  for (const [language, text] of [
    ['tr', 'Çok fazla deneme yapıldı. 1 saniye sonra yeniden deneyin.'],
    ['en', 'Too many attempts. Try again in 1 second.'],
  ] as const) {
    const visitor = new Visitor(app.url, {
      'x-forwarded-for': home,
      'accept-language': language,
    });
    await visitor.get('/login');
    const answer = await enter(visitor);
    expect([answer.status, answer.header('retry-after')]).toEqual([429, '1']);
    expect(answer.text).toContain(text);
  }
});

it('counts by the address in X-Forwarded-For, with or without a port, and records that', async () => {
  const statuses = await guess(5, '203.0.113.8:4711');
  expect(new Set(statuses)).toEqual(new Set([401]));
  const [same, other, v6] = [
    await guess(1, '203.0.113.8:4712'),
    await guess(1, '203.0.113.9:4711'),
    await guess(1, '[2001:db8::1]:443'),
  ];
  expect([same, other, v6]).toEqual([[429], [401], [401]]);
  // What is no address is the peer's own, whatever it says.
  await guess(4, 'junk');
  await guess(1, 'rubbish');
  expect(await guess(1, '127.0.0.1')).toEqual([429]);
  const rows = await sql<{ address: string }>(
    app.databaseFile,
    "SELECT DISTINCT address FROM audit_entries WHERE action = 'admin.sign_in_failed'",
  );
  const addresses = rows.map(({ address }) => address);
  expect(addresses).toEqual(
    expect.arrayContaining(['203.0.113.8', '203.0.113.9', '2001:db8::1']),
  );
  expect(addresses).toContain('127.0.0.1');
  expect(addresses.join()).not.toMatch(/4711|443|junk|rubbish|\[/);
});

it('a tenant that changes its password gives back nothing of the admin’s', async () => {
  const password = 'kiraci-parolasi';
  await sql(
    app.databaseFile,
    `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt)
     VALUES (?, ?, 'Eski', '', 'Eski sistem talimatı')`,
    [ADMIN.username, hashSync(password, 12)],
  );
  try {
    const tenant = await newcomer();
    expect((await enter(tenant, password)).header('location')).toBe('/panel');
    // The password that is the tenant's was a wrong one of the admin's.
    expect(await guess(5)).toEqual([401, 401, 401, 401, 429]);
    const changed = await tenant.post('/panel/password', {
      current_password: password,
      new_password: NEW_PASSWORD,
      new_password_again: NEW_PASSWORD,
    });
    expect(changed.header('location')).toBe('/panel/password');
    // The right password of the admin, whose tries are still used up here.
    expect((await enter(await newcomer())).status).toBe(429);
  } finally {
    await sql(app.databaseFile, 'DELETE FROM tenants WHERE username = ?', [
      ADMIN.username,
    ]);
  }
});

it('every value of the session cookie is tried: one of another application does no harm', async () => {
  const admin = await newcomer();
  await enter(admin);
  const session = admin.cookies.get('vr_session');
  for (const cookie of [
    `vr_session=planted.value; vr_session=${session}`,
    `session=flask; vr_session=${session}; vr_session=planted`,
  ])
    expect((await new Visitor(app.url, { cookie }).get('/')).status).toBe(200);
});

it('a device cookie opens nothing by itself, nor lets another account be guessed at', async () => {
  const admin = await newcomer();
  await enter(admin);
  const visitor = await atHomeAgain(admin);
  expect((await visitor.get('/')).header('location')).toBe('/login');
  expect((await enter(visitor, 'wrong')).status).toBe(401);

  const answers = await Promise.all(
    Array.from({ length: 12 }, () => enter(visitor, 'wrong')),
  );
  // One of the five has been made above.
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(4);
});

it('the password that an operator sets frees the account at once, and ends its sessions and known browsers', async () => {
  const admin = await newcomer();
  await enter(admin);
  await guess(6);
  expect((await enter(await newcomer())).status).toBe(429);

  await app.nest
    .get(AdminsService)
    .setPassword({ username: ADMIN.username, password: NEW_PASSWORD });
  expect((await admin.get('/')).header('location')).toBe('/login');
  expect((await enter(await newcomer(), NEW_PASSWORD)).status).toBe(303);
  await guess(6);
  const known = await atHomeAgain(admin);
  expect((await enter(known, NEW_PASSWORD)).status).toBe(429);
  const other = await app.nest.get(AdminsService).setPassword({
    username: 'nobody',
    password: NEW_PASSWORD,
  });
  expect(other).toBe(false);
});

it('a tenant with an admin’s name gets in with its own password, and gives back nothing of the admin’s', async () => {
  const tenantPassword = 'kiraci-parolasi';
  await sql(
    app.databaseFile,
    `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt)
     VALUES (?, ?, 'Eski', '', 'Eski sistem talimatı')`,
    [ADMIN.username, hashSync(tenantPassword, 12)],
  );
  try {
    expect((await guess(5)).every((status) => status === 401)).toBe(true);
    const tenant = await enter(await newcomer(), tenantPassword);
    // Its own free tries are used up as well; from elsewhere it has more.
    expect(tenant.status).toBe(429);
    const elsewhere = '203.0.113.99';
    for (const expected of [
      [401, 401, 401],
      [401, 429, 429],
    ]) {
      expect(await guess(3, elsewhere)).toEqual(expected);
      const opened = await enter(await newcomer(elsewhere), tenantPassword);
      expect(opened.status).toBe(303);
      expect(opened.header('location')).toBe('/panel');
    }
    // The right password of the admin, who has to wait there.
    expect((await enter(await newcomer(elsewhere))).status).toBe(429);
  } finally {
    await sql(app.databaseFile, 'DELETE FROM tenants WHERE username = ?', [
      ADMIN.username,
    ]);
  }
});

it('the hash of an admin that costs too little is renewed at sign-in', async () => {
  await sql(app.databaseFile, 'UPDATE admins SET password_hash = ?', [
    CHEAP_HASH,
  ]);
  const first = await newcomer();
  expect((await enter(first)).status).toBe(303);
  const admin = await app.nest
    .get(AdminsRepository)
    .findByUsername(ADMIN.username);
  expect(admin?.passwordHash).toMatch(/^\$2b\$12\$/);
  expect((await first.get('/')).status).toBe(200);
  await guess(6);
  // The browser is known by the new hash.
  expect((await enter(await atHomeAgain(first))).status).toBe(303);
});
