import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantsApi } from '../helpers/api.js';
import { tokenIn } from '../helpers/database-setup.js';
import { withDatabase } from '../helpers/test-database.js';
import { Service } from '../helpers/service.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const ROUNDS = 50;
const RACERS = 20;

describe('parallel requests', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  let service: Service;
  let api: TenantsApi;

  beforeAll(async () => {
    service = await Service.start(folder, {
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
    });
    api = new TenantsApi(service.url, await tokenIn(file));
  });

  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  /** Statuses and codes of a race for one name, sorted. */
  async function race(nameOf: (racer: number) => string): Promise<string[]> {
    const answers = await Promise.all(
      Array.from({ length: RACERS }, (_, racer) =>
        api.create({ username: nameOf(racer) }),
      ),
    );
    return answers
      .map(({ status, body }) => body.code ?? String(status))
      .toSorted();
  }

  const oneWins = [
    '201',
    ...Array.from({ length: RACERS - 1 }, () => 'USERNAME_TAKEN'),
  ];

  function rowsNamed(like: string): Promise<{ username: string }[]> {
    return withDatabase(file, (database) =>
      database.all<{ username: string }>(
        'SELECT username FROM tenants WHERE username LIKE ?',
        [like],
      ),
    );
  }

  it(`creates of one name: one wins, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1)
      expect(await race(() => `race-${round}`)).toEqual(oneWins);

    const names = (await rowsNamed('race-%')).map(({ username }) => username);
    expect(names).toHaveLength(ROUNDS);
    expect(new Set(names)).toHaveLength(ROUNDS);
  });

  it('creates of one name in different case: one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `klinik-${round}`;
      const spelling = (racer: number): string =>
        [...name]
          .map((letter, index) =>
            (racer >> (index % 5)) & 1 ? letter.toUpperCase() : letter,
          )
          .join('');
      expect(await race(spelling)).toEqual(oneWins);
    }

    expect(await rowsNamed('klinik-%')).toHaveLength(10);
  });

  it('renames to one free name: one wins, and the others stay as they were', async () => {
    const tenants = (await api.list()).body.slice(0, 10);
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        tenants.map(({ id }) => api.patch(id, { username: `wanted-${round}` })),
      );
      const statuses = answers.map(({ status }) => String(status)).toSorted();

      expect(statuses).toEqual([
        '200',
        ...Array.from({ length: 9 }, () => '409'),
      ]);
      expect(await rowsNamed(`wanted-${round}`)).toHaveLength(1);
    }
  });

  it('a create and a rename to one name: one wins', async () => {
    const [tenant] = (await api.list()).body.slice(-1);
    for (let round = 0; round < 10; round += 1) {
      const username = `both-${round}`;
      const answers = await Promise.all([
        api.create({ username }),
        api.patch(tenant?.id ?? 0, { username }),
      ]);
      const won = answers.filter(({ status }) => status < 300);

      expect(won).toHaveLength(1);
      expect(answers.find((answer) => !won.includes(answer))?.status).toBe(409);
    }
  });

  it('updates of different fields: all take effect', async () => {
    const [tenant] = (await api.list()).body;
    const id = tenant?.id ?? 0;
    let { version } = (await api.get(id)).body;
    for (let round = 0; round < 100; round += 1) {
      const statuses = (
        await Promise.all([
          api.patch(id, { business_name: `Ad ${round}` }),
          api.patch(id, { system_prompt: `Talimat numarası ${round}` }),
          api.patch(id, { username: `field-${round}` }),
        ])
      ).map(({ status }) => status);
      const { body } = await api.get(id);

      expect(statuses).toEqual([200, 200, 200]);
      expect(body).toMatchObject({
        username: `field-${round}`,
        business_name: `Ad ${round}`,
        system_prompt: `Talimat numarası ${round}`,
        version: version + 3,
      });
      ({ version } = body);
    }
  });

  it('deletes of one tenant: one wins', async () => {
    const { body } = await api.create();
    const statuses = (
      await Promise.all(Array.from({ length: 10 }, () => api.delete(body.id)))
    )
      .map(({ status }) => String(status))
      .toSorted();

    expect(statuses).toEqual([
      '204',
      ...Array.from({ length: 9 }, () => '404'),
    ]);
  });
});
