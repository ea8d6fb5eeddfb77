import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantsApi } from '../helpers/api.js';
import { tokenIn } from '../helpers/database-setup.js';
import { copyLegacyDatabase, legacy } from '../helpers/legacy.js';
import { Service } from '../helpers/service.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

/** What an operator may have added to the old application's table, by the word that the trigger acts on. */
const RULES = ['IGNORE', "ABORT, 'no'", "FAIL, 'no'", "ROLLBACK, 'no'"];
const TRIGGERS = RULES.flatMap((raise, number) =>
  [
    ['INSERT', 'NEW'],
    ['UPDATE', 'NEW'],
    ['DELETE', 'OLD'],
  ].map(
    ([write, row]) =>
      `CREATE TRIGGER "refuse ${write} ${number}" BEFORE ${write} ON tenants
       WHEN ${row}.business_name LIKE '%rule ${number}%' BEGIN SELECT RAISE(${raise}); END;`,
  ),
);

const REFUSED = { status: 409, body: { code: 'WRITE_REFUSED' } };

const folder = makeWorkspace();
let service: Service;
let file: string;
let api: TenantsApi;

/** All that the refused could have changed. */
const stored = () =>
  Promise.all(
    [
      'SELECT * FROM tenants ORDER BY id',
      'SELECT * FROM deleted_tenants ORDER BY id',
      'SELECT count(*) AS entries FROM audit_entries',
      'SELECT * FROM idempotency_keys',
    ].map((query) => sql(file, query)),
  );

beforeAll(async () => {
  file = copyLegacyDatabase(folder);
  await withDatabase(file, (database) => database.exec(TRIGGERS.join('\n')));
  service = await Service.start(folder, {
    ENCRYPTION_KEY: legacy.encryption_key,
  });
  api = new TenantsApi(service.url, await tokenIn(file));
});

afterAll(async () => {
  await service.stop();
  removeWorkspace(folder);
});

describe.each(RULES.map((raise, number) => ({ raise, number })))(
  'a carried-over trigger with RAISE($raise)',
  ({ number }) => {
    const name = `rule ${number}`;

    it('makes a create fail by name, and touches no other tenant', async () => {
      const other = await api.create();
      const before = await stored();
      const refused = await api.create({
        business_name: name,
        openai_api_key: 'sk-of-the-refused-one-0123456789',
      });

      expect(other.status).toBe(201);
      expect(refused).toMatchObject(REFUSED);
      expect(await stored()).toEqual(before);
    });

    it('makes changes, deletions and restores fail by name', async () => {
      const { body } = await api.create();
      const changeTo = (businessName: string) =>
        api.patch(body.id, { business_name: businessName });
      const unchanged = await stored();
      expect(await changeTo(name)).toMatchObject(REFUSED);
      expect(await stored()).toEqual(unchanged);

      await withRuleOff(`UPDATE ${number}`, () => changeTo(name));
      const before = await stored();
      expect(await api.delete(body.id)).toMatchObject(REFUSED);
      expect(await stored()).toEqual(before);

      await withRuleOff(`DELETE ${number}`, () => api.delete(body.id));
      const binned = await stored();
      expect(await api.restore(body.id)).toMatchObject(REFUSED);
      expect(await stored()).toEqual(binned);
    });

    it('is told by the CLI for each line of an import', async () => {
      const { code, stdout, stderr } = await service.cli(
        ['tenants', 'import', '-'],
        [
          line(`good-${number}`, 'İyi'),
          line(`bad-${number}`, name),
          line(`well-${number}`, 'İyi'),
        ].join('\n'),
      );
      const added = await sql(
        file,
        `SELECT username, business_name FROM tenants WHERE username IN ('good-${number}', 'bad-${number}', 'well-${number}') ORDER BY id`,
      );

      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/\b2\b.*kural bu satırı reddetti/);
      expect(added).toEqual([
        { username: `good-${number}`, business_name: 'İyi' },
        { username: `well-${number}`, business_name: 'İyi' },
      ]);
    });
  },
);

function line(username: string, business: string): string {
  return JSON.stringify({
    username,
    password: 'parola-0123456789',
    business_name: business,
    openai_api_key: 'sk-of-an-imported-one-0123456789',
    system_prompt: 'Siz bir resepsiyonistsiniz.',
  });
}

/** Runs the work while a trigger is away. */
async function withRuleOff(
  rule: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const name = `refuse ${rule}`;
  const [trigger] = await sql<{ sql: string }>(
    file,
    'SELECT sql FROM sqlite_master WHERE name = ?',
    [name],
  );
  await sql(file, `DROP TRIGGER "${name}"`);
  await work();
  await sql(file, trigger?.sql ?? '');
}
