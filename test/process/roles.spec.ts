import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importRow, ndjson } from '../factories/import-rows.js';
import { ApiClient } from '../helpers/api-client.js';
import { tokenIn } from '../helpers/database-setup.js';
import { ImportsApi } from '../helpers/imports-api.js';
import { Service } from '../helpers/service.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';

describe('processes with roles', () => {
  let folder: string;
  let started: Service[] = [];

  beforeEach(() => {
    folder = makeWorkspace();
    started = [];
  });

  async function start(roles: string): Promise<Service> {
    const service = await Service.start(folder, {
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      ROLES: roles,
    });
    started.push(service);
    return service;
  }

  afterEach(async () => {
    for (const service of started) await service.stop('SIGKILL');
    removeWorkspace(folder);
  });

  it('share one database: an import given to the one is done by the other', async () => {
    const web = await start('web');
    const token = await tokenIn(join(folder, 'randevu_asistani.db'));
    const imports = new ImportsApi(await ApiClient.of(web, token));
    const path = await imports.start(ndjson([importRow('rol-bir')]));
    // Longer than a worker waits that looks by itself.
    await sleep(6_000);
    expect(await imports.report(path)).toMatchObject({ state: 'pending' });

    const worker = await start('worker');
    expect(await imports.until(path)).toMatchObject({
      state: 'finished',
      added: 1,
    });
    expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200);
  });

  it('answer only what their roles are for', async () => {
    const { url } = await start('worker');
    for (const path of ['/', '/login', '/api/tenants', '/api/docs']) {
      const answer = await fetch(url + path, { redirect: 'manual' });
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual(
        [path, 404, 'application/problem+json; charset=utf-8'],
      );
    }
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
