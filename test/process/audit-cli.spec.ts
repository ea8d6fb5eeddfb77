import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrateHere } from '../helpers/database-setup.js';
import {
  type Outcome,
  run,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { workspaceForTest } from '../helpers/workspace.js';

describe('the audit commands', () => {
  let file: string;

  const cli = (args: string[], stdin?: string): Promise<Outcome> =>
    run(
      'cli.js',
      args,
      join(file, '..'),
      {
        DATABASE_URL: `sqlite:///${file}`,
        ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
        SECRET_KEY: TEST_SECRET_KEY,
        NODE_ENV: 'production',
      },
      stdin,
    );
  const createAdmin = (username: string) =>
    cli(['admin', 'create', '--username', username], 'uzun-bir-parola-42');

  it('print what to keep elsewhere, and compare it when the trail has grown', async () => {
    file = join(workspaceForTest(), 'audit.db');
    await migrateHere(file);
    await createAdmin('zeynep');
    const { code, stdout } = await cli(['audit', 'head']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1:[0-9a-f]{64}\n$/);
    const kept = stdout.trim();
    await createAdmin('mehmet');

    expect(await cli(['audit', 'verify', '--expect', kept])).toMatchObject({
      code: 0,
      stdout: 'Denetim kaydı sağlam: 2 kayıt\n',
    });
    const another = kept.replace('1:', '2:');
    const later = kept.replace('1:', '3:');
    for (const [expected, id] of [
      [another, 2],
      [later, 3],
    ] as const)
      expect(
        await cli(['audit', 'verify', '--expect', expected]),
      ).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(`${id} numaralı kayıt yok`),
      });
    expect((await cli(['audit', 'verify', '--expect', '1'])).code).toBe(64);
  });

  it('tell that the trail was dropped with every trace of its making, and go on in another', async () => {
    file = join(workspaceForTest(), 'audit.db');
    await migrateHere(file);
    await createAdmin('zeynep');
    for (const table of ['audit_entries', 'audit_head', 'audit_key'])
      await sql(file, `DROP TABLE ${table}`);
    await sql(file, "DELETE FROM migrations WHERE name LIKE 'CreateAudit%'");

    const lost = await cli(['audit', 'verify']);
    expect([lost.code, lost.stdout]).toEqual([1, '']);
    expect(lost.stderr).toContain('anahtarı ve sonu silinmiş');
    expect((await createAdmin('mehmet')).code).toBe(0);
    const later = await cli(['audit', 'verify']);
    expect([later.code, later.stdout]).toEqual([1, '']);
    expect(later.stderr).toContain('1 numaralı kayıtla yeniden başlanmış');
    expect(
      await sql(file, 'SELECT action FROM audit_entries ORDER BY id'),
    ).toEqual([{ action: 'audit.restarted' }, { action: 'admin.created' }]);
  });

  it('refuse a database whose trail is there without the step that made it', async () => {
    file = join(workspaceForTest(), 'audit.db');
    await migrateHere(file);
    await sql(file, "DELETE FROM migrations WHERE name LIKE 'CreateAudit%'");
    const { code, stdout, stderr } = await cli(['audit', 'verify']);
    expect([code, stdout]).toEqual([78, '']);
    expect(stderr).toContain('denetim kaydının adımı');
  });

  it.each([
    {
      what: 'emptied',
      damage: [
        'DROP TRIGGER audit_entries_no_delete',
        'DELETE FROM audit_entries',
        'DELETE FROM audit_head',
        'DELETE FROM audit_key',
      ],
      says: 'anahtarı ve sonu silinmiş',
    },
    {
      what: 'without its head',
      damage: ['DELETE FROM audit_head'],
      says: 'sonu silinmiş',
    },
    {
      what: 'with a damaged key',
      damage: ["UPDATE audit_key SET token = 'x'"],
      says: 'anahtarı silinmiş ya da değiştirilmiş',
    },
  ])('end with 1 and the reason, the trail $what', async (tampering) => {
    file = join(workspaceForTest(), 'audit.db');
    await migrateHere(file);
    for (const statement of tampering.damage) await sql(file, statement);

    expect(await cli(['audit', 'verify'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(tampering.says),
    });
  });
});
