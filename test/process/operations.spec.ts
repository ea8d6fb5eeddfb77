import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { TenantsApi } from '../helpers/api.js';
import { configFor, migrateHere, tokenIn } from '../helpers/database-setup.js';
import { sql, withDatabase } from '../helpers/test-database.js';
import { projectPath } from '../helpers/paths.js';
import {
  childEnv,
  type Outcome,
  run,
  Service,
  TEST_ENCRYPTION_KEY,
  TEST_SECRET_KEY,
} from '../helpers/service.js';
import { workspaceForTest } from '../helpers/workspace.js';

const DATABASE = 'randevu_asistani.db';
const GUIDE = readFileSync(projectPath('docs/operations.md'), 'utf8');
const ENV_EXAMPLE = readFileSync(projectPath('.env.example'), 'utf8');
const ENV = {
  SECRET_KEY: TEST_SECRET_KEY,
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
};
const TENANTS = 3;
const FORGOTTEN = 'bahçede iki kiraz ağacı';
const PASSWORD = 'kapı önünde ıhlamur';

/** The nth block of code of a section of the guide, as it stands there. */
function recipe(heading: string, nth: number, language = 'sh'): string {
  const section =
    GUIDE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const blocks = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(
    ([, kind]) => kind === language,
  );
  const code = blocks[nth - 1]?.[2];
  if (code === undefined) throw new Error(`${heading}: no block ${nth}`);
  return code;
}

/** A folder with a database of this key, and the environment that goes with it. */
class Site {
  readonly folder = workspaceForTest();
  readonly file = join(this.folder, DATABASE);

  constructor(public keys = TEST_ENCRYPTION_KEY) {
    mkdirSync(join(this.folder, 'backup'));
  }

  get env(): Record<string, string> {
    return { ...ENV, ENCRYPTION_KEY: this.keys };
  }

  async fill(): Promise<this> {
    await migrateHere(this.file, this.env);
    await seedTenants(configFor(this.file, this.env), TENANTS);
    return this;
  }

  start(): Promise<Service> {
    return Service.start(this.folder, this.env);
  }

  /** Runs a recipe in a shell; only its paths are this folder's. It ends at the first command that fails. */
  async shell(code: string, stdin = '', env = this.env): Promise<Outcome> {
    const script = code
      .replaceAll('/backup', join(this.folder, 'backup'))
      .replaceAll('node dist/', `node ${projectPath('dist')}/`)
      .replaceAll('/opt/sanal-resepsiyonist/dist', projectPath('dist'))
      .replaceAll('/var/lib/sanal-resepsiyonist', this.folder)
      .replaceAll('/etc/sanal', join(this.folder, 'sanal'));
    const child = spawn('sh', ['-e', '-c', script], {
      cwd: this.folder,
      env: childEnv(env),
    });
    // Whoever needs no input may have ended already.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr };
  }

  tenants(columns: string): Promise<Record<string, unknown>[]> {
    return sql(this.file, `SELECT ${columns} FROM tenants ORDER BY id`);
  }

  async served(): Promise<string[]> {
    const service = await this.start();
    const api = new TenantsApi(service.url, await tokenIn(this.file));
    const { body } = await api.list();
    await service.stop('SIGKILL');
    return body.map(
      ({ username, openai_api_key_state: state }) => `${username} ${state}`,
    );
  }
}

function kidOf(key: string): string {
  return new KeyRing([Buffer.from(key, 'base64url')]).primaryKid;
}

const seeded = (state: string): string[] =>
  Array.from({ length: TENANTS }, (_, index) => `seeded-${index + 1} ${state}`);

describe('the operations guide', () => {
  it('backs up beside the service, restores, and lets an admin in who has forgotten the password', async () => {
    const site = await new Site().fill();
    const service = await site.start();
    const backup = await site.shell(recipe('Daily backup', 1));
    const cron = recipe('Daily backup', 2)
      .replace('15 3 * * * ', '')
      .replaceAll('\\%', '%');
    const nightly: Outcome[] = [];
    for (const [index, example] of [
      ENV_EXAMPLE,
      ENV_EXAMPLE.replaceAll('"', ''),
    ].entries()) {
      const secrets = Object.entries({
        ENCRYPTION_KEY: site.keys,
        SECRET_KEY: TEST_SECRET_KEY,
      });
      writeFileSync(
        join(site.folder, 'sanal-resepsiyonist.env'),
        example + secrets.map(([name, value]) => `${name}=${value}\n`).join(''),
      );
      // Cron gives next to no environment.
      nightly.push(
        await site.shell(cron.replace('$(date', `${index}-$(date`), '', {}),
      );
    }
    await site.shell(
      'node dist/cli.js admin create --username zeynep',
      FORGOTTEN,
    );
    const admin = await site.shell(
      recipe('A forgotten admin password, or an admin who has to wait', 1),
      PASSWORD,
    );
    const form = await fetch(`${service.url}/login`);
    const signIn = await fetch(`${service.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: form.headers.getSetCookie()[0]?.split(';')[0] ?? '' },
      body: new URLSearchParams({
        _csrf:
          /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '',
        username: 'zeynep',
        password: PASSWORD,
      }),
    });
    await service.stop('SIGKILL');
    const restored = await site.shell(recipe('Restore', 1));

    expect(backup).toMatchObject({ code: 0, stderr: '' });
    for (const night of nightly)
      expect(night).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(site.folder, 'backup'))).toHaveLength(3);
    expect(admin.code).toBe(0);
    expect([signIn.status, signIn.headers.get('location')]).toEqual([303, '/']);
    expect(restored).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /Yedek geri kondu[\s\S]*ok: 3[\s\S]*sağlam: 2 kayıt/,
      ),
    });
    expect(await sql(site.file, 'SELECT username FROM admins')).toEqual([]);
    expect(await site.served()).toEqual(seeded('ok'));
  });

  it('replaces a leaked key', async () => {
    const leaked = generateEncryptionKey();
    const site = await new Site(leaked).fill();
    const made = await site.shell('node dist/cli.js keys generate');
    const fresh = made.stdout.trim();
    site.keys = `${fresh},${leaked}`;
    const service = await site.start();
    const changed = await site.shell(
      recipe('A leaked encryption key', 1).replace(
        '<leaked kid>',
        kidOf(leaked),
      ),
    );
    await service.stop('SIGKILL');
    site.keys = fresh;

    expect(changed.code).toBe(0);
    expect(changed.stdout).toContain(
      `${TENANTS} kayıt ilk anahtarla yeniden şifrelendi`,
    );
    expect(changed.stdout).toContain(`${kidOf(leaked)}\tyalnızca çözüyor\t0`);
    expect(await site.served()).toEqual(seeded('ok'));
    site.keys = leaked;
    const back = await run('main.js', [], site.folder, site.env);
    expect([back.code, back.stderr]).toEqual([
      78,
      expect.stringContaining(`${kidOf(fresh)} (${TENANTS} müşteri)`),
    ]);
  });

  it('carries tenants over when the key is lost', async () => {
    const heading = 'A lost encryption key';
    const kept = 'id, username, password_hash, business_name, system_prompt';
    const site = await new Site().fill();
    const before = await site.tenants(kept);
    site.keys = generateEncryptionKey();
    const locked = await run('main.js', [], site.folder, site.env);
    const moved = await site.shell(recipe(heading, 1));
    // The guide's `sqlite3` shell may not be installed; its driver is.
    writeFileSync(site.file, '', { mode: 0o600 });
    await withDatabase(site.file, (database) =>
      database.exec(
        recipe(heading, 1, 'sql').replace("'locked", `'${site.folder}/locked`),
      ),
    );
    const goneOn = await site.shell(recipe(heading, 3), PASSWORD);

    expect([locked.code, moved.code, goneOn.code]).toEqual([78, 0, 0]);
    expect(goneOn.stdout).toContain('Yönetici oluşturuldu: zeynep');
    expect(await site.tenants(kept)).toEqual(before);
    expect(await site.served()).toEqual(seeded('missing'));
  });

  it('moves to another server', async () => {
    const site = await new Site().fill();
    const packed = await site.shell('node dist/cli.js db backup moved.db');
    const other = new Site();
    writeFileSync(
      join(other.folder, 'moved.db'),
      readFileSync(join(site.folder, 'moved.db')),
    );
    const unpacked = await other.shell(recipe('A new server', 1));

    expect([packed.code, unpacked.code]).toEqual([0, 0]);
    expect(await other.tenants('*')).toEqual(await site.tenants('*'));
  });

  it('comes back from the old application', async () => {
    const site = await new Site().fill();
    const ring = new KeyRing([Buffer.from(TEST_ENCRYPTION_KEY, 'base64url')]);
    await sql(
      site.file,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, created_at)
       VALUES ('eski', 'x', 'Eski', ?, 'Talimat', '2026-11-22 10:00:00.000000')`,
      [ring.encrypt('sk-written-by-the-old-application')],
    );
    const [verify = '', adopt = ''] = recipe('Back to the old application', 1)
      .trim()
      .split('\n');
    const found = await site.shell(verify);
    const adopted = await site.shell(adopt);

    expect([found.code, found.stdout]).toEqual([
      1,
      expect.stringContaining('unreadable: 1 (id: 4)'),
    ]);
    expect(adopted).toMatchObject({ code: 0, stdout: 'Bağlandı: 1 (id: 4)\n' });
    expect((await site.shell(verify)).stdout).toBe('ok: 4\n');
  });

  it('notices that the audit trail was tampered with', async () => {
    const site = await new Site().fill();
    const check = recipe('The audit trail does not verify', 1);
    await site.shell('node dist/cli.js db backup one.db');
    const whole = await site.shell(check);
    await sql(site.file, 'DROP TRIGGER audit_entries_no_update');
    await sql(site.file, "UPDATE audit_entries SET actor = 'admin:1'");
    const broken = await site.shell(check);

    expect([whole.code, whole.stdout]).toEqual([
      0,
      'Denetim kaydı sağlam: 1 kayıt\n',
    ]);
    expect([broken.code, broken.stderr]).toEqual([
      1,
      'Denetim kaydı bozulmuş: ilk bozuk kayıt 1\n',
    ]);
  });
});
