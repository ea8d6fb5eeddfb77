import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tenantFactory } from '../factories/tenant.factory.js';
import { tokenIn } from '../helpers/database-setup.js';
import { Service } from '../helpers/service.js';
import { sql } from '../helpers/test-database.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

/** `KILLS=200` is the long run of security.md's P3. */
const KILLS = Number(process.env.KILLS ?? 5);
const CALLERS = 3;
const MAX_TRIES = 3_000;
const ENV = { NODE_ENV: 'production', LOG_LEVEL: 'error' };

describe('kill -9 and retries', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  const statuses = new Set<number>();
  let replays = 0;
  let token: string;
  let service: Service;
  const over = new AbortController();

  beforeAll(async () => {
    service = await Service.start(folder, ENV);
    token = await tokenIn(file);
  });
  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  async function countRows(): Promise<number> {
    const [{ rows } = { rows: -1 }] = await sql<{ rows: number }>(
      file,
      'SELECT count(*) AS rows FROM tenants',
    );
    return rows;
  }

  async function untilNextRow(): Promise<void> {
    const deadline = Date.now() + 60_000;
    const before = await countRows();
    while ((await countRows()) === before && Date.now() < deadline)
      await sleep(2);
  }

  /** One create until it is answered, and then once more by a caller who does not trust the answer. */
  async function createTwice(): Promise<string> {
    const key = randomUUID();
    const request = {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body: JSON.stringify(tenantFactory.build()),
    };
    const first = await sendPatiently(request);
    const second = await sendPatiently(request);
    for (const { status } of [first, second]) statuses.add(status);
    if (second.headers.has('idempotency-replayed')) replays += 1;
    return key;
  }

  /**
   * Sends a request again and again until it is answered. Every other time it hangs up early, as a caller does whose
   * connection breaks: the request may have been carried out, be under way, or not have arrived.
   */
  async function sendPatiently(request: RequestInit): Promise<Response> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const patience = tries % 2 === 0 ? randomInt(50, 2_000) : 60_000;
      const answer = await fetch(`${service.url}/api/tenants/`, {
        ...request,
        signal: AbortSignal.timeout(patience),
      }).catch(() => undefined);
      if (answer !== undefined && !(await isInProgress(answer))) return answer;
      await sleep(100);
    }
    throw new Error('never answered');
  }

  it(`makes one tenant for each key through ${KILLS} kills`, async () => {
    const keys = new Set<string>();
    const callers = Array.from({ length: CALLERS }, async () => {
      while (!over.signal.aborted) keys.add(await createTwice());
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Half of them right behind a commit, when its answer may not be out yet; the others at any moment.
      if (kill % 2 === 0) await untilNextRow();
      else await sleep(randomInt(300, 1_500));
      await service.stop('SIGKILL');
      service = await Service.start(folder, ENV);
    }
    over.abort();
    await Promise.all(callers);

    const rows = await countRows();
    process.stdout.write(
      `${KILLS} kills: ${keys.size} keys, ${replays} replays, answers ${[...statuses].join()}\n`,
    );
    expect(keys.size).toBeGreaterThan(0);
    expect(rows).toBe(keys.size);
    // Above all no 409 USERNAME_TAKEN: a committed create is recognised when it is repeated.
    expect([...statuses]).toEqual([201]);
    expect(replays).toBe(keys.size);
  }, 1_800_000);
});

/** The request that the caller hung up on is still being carried out. */
async function isInProgress(answer: Response): Promise<boolean> {
  if (answer.status !== 409) return false;
  const { code } = (await answer.json()) as { code: string };
  return code === 'IDEMPOTENCY_IN_PROGRESS';
}
