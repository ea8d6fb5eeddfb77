import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRow, ndjson, SOME_HASH } from '../factories/import-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { tokenIn } from '../helpers/database-setup.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { Service } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

const ENV = { NODE_ENV: 'production', LOG_LEVEL: 'trace' };
const ROWS = 10_000;
const PASSWORDS = 12;
const MAX_GROWTH_MB = 150;
const KEY_CANARY = 'sk-KanaryaAnahtari-3311';
const PASSWORD_CANARY = 'KanaryaParolasi-4422';

describe('an import whose process is killed', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  let service: Service;
  let token: string;
  let imports: ImportsApi;
  let logs = '';

  async function start(): Promise<void> {
    service = await Service.start(folder, ENV);
    token ??= await tokenIn(file);
    imports = new ImportsApi(await ApiClient.of(service, token));
  }

  async function killAndRestart(): Promise<void> {
    await service.stop('SIGKILL');
    logs += service.output.stdout + service.output.stderr;
    await start();
  }

  beforeAll(start);
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  /** What must never lie in a file of the database or in the log in the clear. */
  function expectNoSecrets(): void {
    logs += service.output.stdout + service.output.stderr;
    const places = ['', '-wal', '-shm']
      .map((suffix) => file + suffix)
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'latin1'));
    expect(places.length).toBeGreaterThan(1);
    for (const text of [...places, logs]) {
      expect(text).not.toContain(KEY_CANARY);
      expect(text).not.toContain(PASSWORD_CANARY);
    }
  }

  it(`of ${ROWS} rows with hashes goes on where it was, answers meanwhile, and keeps its memory bounded`, async () => {
    const rows = Array.from({ length: ROWS }, (_, index) =>
      importRow(`toplu-${index}`, {
        openai_api_key: `${KEY_CANARY}-${index}`,
      }),
    );
    const watch = new Watch(service);
    const path = await imports.start(ndjson(rows));
    const before = await imports.until(path, ROWS / 3);
    expect(before).toMatchObject({ state: 'running', total: ROWS, failed: 0 });
    expect(before.processed).toBeLessThan(ROWS);
    watch.stop();
    await killAndRestart();
    const second = new Watch(service);
    const report = await imports.until(path);
    second.stop();

    expect(report).toMatchObject({
      state: 'finished',
      total: ROWS,
      processed: ROWS,
      added: ROWS,
      failed: 0,
    });
    expect(new Set(report.rows.map(({ tenant_id: id }) => id)).size).toBe(ROWS);
    const [count] = await sql(
      file,
      'SELECT count(*) AS tenants, count(DISTINCT username) AS names, count(DISTINCT password_hash) AS hashes, min(password_hash) AS hash FROM tenants',
    );
    expect(count).toEqual({
      tenants: ROWS,
      names: ROWS,
      hashes: 1,
      hash: SOME_HASH,
    });
    expect(
      await sql(
        file,
        "SELECT count(*) AS entries, count(DISTINCT target) AS targets, min(actor) AS actor FROM audit_entries WHERE action = 'tenant.created'",
      ),
    ).toEqual([
      { entries: ROWS, targets: ROWS, actor: `token:${token.slice(3, 11)}` },
    ]);
    expect(await sql(file, 'SELECT * FROM tenant_import_payloads')).toEqual([]);
    expectNoSecrets();
    for (const { growth, answers, failures } of [watch, second]) {
      expect(growth).toBeLessThan(MAX_GROWTH_MB);
      expect(answers).toBeGreaterThan(5);
      expect(failures).toBe(0);
    }
    process.stdout.write(
      `import of ${ROWS}: memory grew by ${watch.growth.toFixed(0)} and ${second.growth.toFixed(0)} MB, slowest /health ${Math.max(watch.slowest, second.slowest).toFixed(0)} ms\n`,
    );
  });

  it(`of ${PASSWORDS} rows with passwords hashes each and doubles none`, async () => {
    const rows = Array.from({ length: PASSWORDS }, (_, index) =>
      importRow(`parolali-${index}`, {
        password_hash: undefined,
        password: `${PASSWORD_CANARY}-${index}`,
      }),
    );
    const path = await imports.start(ndjson(rows));
    const before = await imports.until(path, 3);
    expect(before.state).toBe('running');
    await killAndRestart();
    const report = await imports.until(path);

    expect(report).toMatchObject({ added: PASSWORDS, failed: 0 });
    const stored = await sql<{ username: string; hash: string }>(
      file,
      "SELECT username, password_hash AS hash FROM tenants WHERE username LIKE 'parolali-%' ORDER BY id",
    );
    expect(stored.map(({ username }) => username)).toEqual(
      rows.map(({ username }) => username),
    );
    for (const { hash } of stored) expect(hash).toMatch(/^\$2b\$12\$/);
    expect(compareSync(`${PASSWORD_CANARY}-11`, stored[11]?.hash ?? '')).toBe(
      true,
    );
    expect(await sql(file, 'SELECT * FROM tenant_import_payloads')).toEqual([]);
    expectNoSecrets();
  });

  it('leaves an audit trail that is whole', async () => {
    const { code, stdout } = await service.cli(['audit', 'verify']);
    expect(stdout).toContain('sağlam');
    expect(code).toBe(0);
  });
});

/** Looks at a service's memory and at whether it answers, until it is told to stop. */
class Watch {
  answers = 0;
  failures = 0;
  slowest = 0;
  #stopped = false;
  readonly #before: number;
  #most = 0;

  constructor(private readonly service: Service) {
    this.#before = this.#resident();
    void this.#look();
  }

  /** Megabytes. */
  get growth(): number {
    return this.#most - this.#before;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #look(): Promise<void> {
    while (!this.#stopped) {
      this.#most = Math.max(this.#most, this.#resident());
      const start = performance.now();
      const answer = await fetch(`${this.service.url}/health`).catch(
        () => undefined,
      );
      if (this.#stopped) return;
      if (answer?.ok === true) this.answers += 1;
      else this.failures += 1;
      this.slowest = Math.max(this.slowest, performance.now() - start);
      await sleep(100);
    }
  }

  #resident(): number {
    const status = readFileSync(
      `/proc/${this.service.process.pid}/status`,
      'utf8',
    );
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }
}
