import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.js';
import { generateEncryptionKey } from '../../src/security/generate-encryption-key.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { prepareDatabase } from '../../src/startup/prepare-database.js';
import { seedTenants } from '../factories/tenant-rows.js';
import { freePort } from '../helpers/free-port.js';
import { run, Service, TEST_SECRET_KEY } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const OLD = generateEncryptionKey();
const NEW = generateEncryptionKey();
const OLD_KID = kidOf(OLD);
const NEW_KID = kidOf(NEW);

function kidOf(key: string): string {
  return new KeyRing([Buffer.from(key, 'base64url')]).primaryKid;
}

describe('the keys commands', () => {
  let folder: string;
  let file: string;
  let service: Service;

  beforeEach(async () => {
    folder = makeWorkspace();
    file = `${folder}/test.db`;
  });
  afterEach(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  async function serve(tenants: number, keys: string): Promise<void> {
    const env = {
      DATABASE_URL: `sqlite:///${file}`,
      ENCRYPTION_KEY: OLD,
      SECRET_KEY: TEST_SECRET_KEY,
      LOG_LEVEL: 'error',
    };
    const config = loadConfig(env);
    await prepareDatabase(config, () => undefined);
    await seedTenants(config, tenants);
    service = await Service.start(folder, {
      ...env,
      ENCRYPTION_KEY: keys,
      NODE_ENV: 'production',
    });
  }

  const onKey = async (kid: string): Promise<number> => {
    const [row] = await sql<{ rows: number }>(
      file,
      'SELECT count(*) AS rows FROM tenants WHERE openai_api_key_kid = ?',
      [kid],
    );
    return row?.rows ?? -1;
  };

  it('rotate 5,000 tenants under load, killed twice and resumed, with no failed request', async () => {
    const tenants = 5_000;
    await serve(tenants, `${NEW},${OLD}`);
    const early = await service.cli(['keys', 'retire', OLD_KID]);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain(`${tenants} kayıt`);

    const load = new MixedLoad(service.url, await service.token(), tenants);
    load.start();
    for (const enough of [tenants / 10, tenants / 3]) {
      const rotation = service.spawnCli(['keys', 'rotate']);
      while ((await onKey(NEW_KID)) < enough) await sleep(20);
      rotation.kill('SIGKILL');
      await sleep(100);
      expect(await onKey(OLD_KID)).toBeGreaterThan(0);
    }
    const [one, other] = await Promise.all([
      service.cli(['keys', 'rotate']),
      service.cli(['keys', 'rotate']),
    ]);
    const { answers, failures } = await load.stop();

    for (const rotation of [one, other]) {
      expect(rotation.code).toBe(0);
      expect(rotation.stdout).toMatch(
        /^Anahtar değişimi bitti\. 5000 kayda bakıldı; .* 0 kayıt okunamadı, /,
      );
    }
    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(100);
    expect(await onKey(OLD_KID)).toBe(0);
    expect(await service.cli(['keys', 'verify'])).toMatchObject({
      code: 0,
      stdout: `ok: ${tenants}\n`,
    });
    expect((await service.cli(['keys', 'retire', OLD_KID])).code).toBe(0);
  }, 180_000);

  it('do not rotate to a key that the running service has not been given', async () => {
    await serve(3, OLD);
    const env = { ...service.env, ENCRYPTION_KEY: `${NEW},${OLD}` };
    const keys = (...args: string[]) =>
      run('cli.js', ['keys', ...args], folder, env);
    const early = await keys('rotate');
    expect(early).toMatchObject({ code: 1, stdout: '' });
    expect(early.stderr).toContain('yeniden başlatın');
    const ready = await fetch(`${service.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await onKey(OLD_KID)).toBe(3);
    expect((await keys('rotate', '--dry-run')).code).toBe(0);

    await service.stop();
    expect((await keys('rotate')).code).toBe(0);
    expect(await onKey(NEW_KID)).toBe(3);
    expect((await keys('retire', OLD_KID)).code).toBe(0);
    expect((await keys('status')).stdout).toContain(`${OLD_KID}\temekli`);
  });

  it('retire no key that a service encrypts with; one that does all the same writes nothing from then on', async () => {
    await serve(3, `${OLD},${NEW}`);
    const env = { ...service.env, ENCRYPTION_KEY: `${NEW},${OLD}` };
    const keys = (...args: string[]) =>
      run('cli.js', ['keys', ...args], folder, env);
    const change = async (to: Service) => {
      const answer = await fetch(`${to.url}/api/tenants/1`, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ openai_api_key: 'sk-changed-by-somebody' }),
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    const token = await service.token();
    await sql(file, "UPDATE tenants SET openai_api_key = ''");
    expect(await change(service)).toBe(200);
    expect((await keys('retire', OLD_KID)).code).toBe(1);

    const port = String(await freePort());
    const other = await Service.start(folder, { ...env, PORT: port });
    try {
      expect((await keys('rotate')).code).toBe(0);
      expect((await keys('retire', OLD_KID)).code).toBe(0);
      expect(await change(service)).toBe(503);
      expect(await change(other)).toBe(200);
    } finally {
      await other.stop('SIGKILL');
    }
    expect((await keys('verify')).stdout).toContain('ok: 1\n');
    expect(await onKey(NEW_KID)).toBe(1);
  });

  it('retire no key that a row needs which is not bound to its tenant yet', async () => {
    await serve(1, `${NEW},${OLD}`);
    expect((await service.cli(['keys', 'rotate'])).code).toBe(0);
    const foreign = new KeyRing([Buffer.from(OLD, 'base64url')]);
    await sql(
      file,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES ('eski', 'x', 'Eski', ?, 'Sen bir resepsiyonistsin.')`,
      [foreign.encrypt('sk-yeni-anahtar-1234')],
    );
    const early = await service.cli(['keys', 'retire', OLD_KID]);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('1 kayıt');
    expect(early.stderr).toContain('keys adopt');

    expect((await service.cli(['keys', 'adopt'])).code).toBe(0);
    expect((await service.cli(['keys', 'rotate'])).code).toBe(0);
    expect((await service.cli(['keys', 'retire', OLD_KID])).code).toBe(0);
    expect((await service.cli(['keys', 'verify'])).stdout).toBe('ok: 2\n');
  });

  it('count and change nothing in a dry run', async () => {
    await serve(10, `${NEW},${OLD}`);
    const before = await sql(file, 'SELECT * FROM tenants');
    const { code, stdout } = await service.cli(['keys', 'rotate', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'Deneme: hiçbir şey değiştirilmedi. 10 kayda bakıldı; 0 kayıtta yapılacak bir şey yok, 0 kayıt okunamadı, 10 kayıt ilk anahtarla yeniden şifrelenecek.\n',
    );
    expect(await sql(file, 'SELECT * FROM tenants')).toEqual(before);
  });

  it('name exactly the corrupt rows, which hurt nobody else', async () => {
    await serve(100, OLD);
    const foreign = new KeyRing([randomBytes(32)]).encrypt('sk-foreign');
    const [source] = await sql<{ openai_api_key: string }>(
      file,
      'SELECT openai_api_key FROM tenants WHERE id = 7',
    );
    const token = source?.openai_api_key ?? '';
    const corrupt: Record<number, string> = {
      11: `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`,
      22: token.slice(0, -8),
      33: 'sk-plaintext-in-the-database',
      44: token,
      55: foreign,
      66: '',
    };
    for (const [id, value] of Object.entries(corrupt))
      await sql(file, 'UPDATE tenants SET openai_api_key = ? WHERE id = ?', [
        value,
        id,
      ]);

    const verified = await service.cli(['keys', 'verify']);
    expect(verified.code).toBe(1);
    expect(verified.stdout).toBe(
      'ok: 94\n' +
        'tenants.openai_api_key unreadable: 5 (id: 11, 22, 33, 44, 55)\n' +
        'tenants.openai_api_key missing: 1 (id: 66)\n',
    );
    const headers = { authorization: `Bearer ${await service.token()}` };
    const list = await fetch(`${service.url}/api/tenants?limit=500`, {
      headers,
    });
    const states = (await list.json()) as {
      id: number;
      openai_api_key_state: string;
      openai_api_key_hint: string | null;
    }[];
    const bad = states.filter((row) => row.openai_api_key_state !== 'ok');
    expect(bad.map((row) => row.id)).toEqual([11, 22, 33, 44, 55, 66]);
    expect(bad.every((row) => row.openai_api_key_hint === null)).toBe(true);
    expect(states).toHaveLength(100);

    const rotated = await service.cli(['keys', 'rotate']);
    expect(rotated.code).toBe(1);
    expect(rotated.stdout).toContain(' 5 kayıt okunamadı, ');
  });

  it('adopt what the old application wrote, but not a copied token', async () => {
    await serve(3, OLD);
    const fresh = new KeyRing([Buffer.from(OLD, 'base64url')]).encrypt(
      'sk-yeni-anahtar-1234',
    );
    await sql(
      file,
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt) VALUES ('eski', 'x', 'Eski', ?, 'Sen bir resepsiyonistsin.')`,
      [fresh],
    );
    await sql(
      file,
      'UPDATE tenants SET openai_api_key = (SELECT openai_api_key FROM tenants WHERE id = 1) WHERE id = 2',
    );
    const { code, stdout, stderr } = await service.cli(['keys', 'adopt']);
    expect(code).toBe(1);
    expect(stdout).toBe('Bağlandı: 1 (id: 4)\n');
    expect(stderr).toContain('Bağlanamadı: 1 (id: 2)');
    const [row] = await sql(
      file,
      'SELECT openai_api_key_hint AS hint FROM tenants WHERE id = 4',
    );
    expect(row).toEqual({ hint: '1234' });
  });

  it('show how many rows each key protects, and never a key', async () => {
    await serve(5, `${NEW},${OLD}`);
    const { stdout } = await service.cli(['keys', 'status']);
    expect(stdout).toContain(`${NEW_KID}\tşifreliyor\t0`);
    expect(stdout).toContain(`${OLD_KID}\tyalnızca çözüyor\t5`);
    expect(stdout).not.toContain(OLD.slice(0, 20));
    expect((await service.cli(['keys', 'retire', NEW_KID])).code).toBe(1);
    expect((await service.cli(['keys', 'retire', '00000000'])).code).toBe(1);
  });
});

/** Reads, lists and changes tenants one after the other, without a pause. */
class MixedLoad {
  #running = true;
  #answers = 0;
  readonly #failures: string[] = [];
  #done: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly tenants: number,
  ) {}

  start(): void {
    this.#done = Promise.all([1, 2, 3].map((lane) => this.#run(lane)));
  }

  async stop(): Promise<{ answers: number; failures: string[] }> {
    this.#running = false;
    await this.#done;
    return { answers: this.#answers, failures: this.#failures };
  }

  async #run(lane: number): Promise<void> {
    let turn = lane;
    while (this.#running) {
      turn += 3;
      const id = 1 + ((turn * 37) % this.tenants);
      await this.#call('GET', `/api/tenants/${id}`);
      await this.#call('GET', `/api/tenants?skip=${id}&limit=20`);
      await this.#call('PATCH', `/api/tenants/${id}`, {
        openai_api_key: `sk-changed-${String(turn).padStart(12, '0')}`,
      });
    }
  }

  async #call(method: string, path: string, body?: object): Promise<void> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok || text.includes('unreadable'))
      this.#failures.push(`${method} ${path} ${answer.status}`);
    this.#answers += 1;
  }
}
