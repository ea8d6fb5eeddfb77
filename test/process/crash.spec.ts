import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TenantsApi } from '../helpers/api.js';
import { tokenIn } from '../helpers/database-setup.js';
import { withDatabase } from '../helpers/test-database.js';
import { Service } from '../helpers/service.js';
import { makeWorkspace, removeWorkspace } from '../helpers/workspace.js';
import { WriteStorm } from '../helpers/write-storm.js';

const CRASHES = 6;
const ENV = { NODE_ENV: 'production', LOG_LEVEL: 'error' };

describe('kill -9 in a write storm', () => {
  const folder = makeWorkspace();
  const file = join(folder, 'randevu_asistani.db');
  const storm = new WriteStorm();
  let token: string;
  let service: Service;

  const api = (): TenantsApi => new TenantsApi(service.url, token);

  beforeAll(async () => {
    service = await Service.start(folder, ENV);
    token = await tokenIn(file);
    await storm.prepare(api(), 8);
  });

  afterAll(async () => {
    await service.stop('SIGKILL');
    removeWorkspace(folder);
    process.stdout.write(
      `${CRASHES} crashes: ${storm.acknowledged} writes acknowledged\n`,
    );
  });

  it.each(Array.from({ length: CRASHES }, (_, crash) => crash + 1))(
    'loses no acknowledged write and needs no repair, crash %i',
    async (crash) => {
      const before = storm.acknowledged;
      const raging = storm.run(api());
      await sleep(900 + crash * 37);
      await service.stop('SIGKILL');
      await raging;
      service = await Service.start(folder, ENV);
      const ready = await fetch(`${service.url}/health/ready`);
      const integrity = await withDatabase(file, (database) =>
        database.all('PRAGMA integrity_check'),
      );

      expect(storm.acknowledged - before).toBeGreaterThan(5);
      expect(storm.refusals).toEqual([]);
      expect(ready.status).toBe(200);
      expect(integrity).toEqual([{ integrity_check: 'ok' }]);
      expect(await storm.missing(api())).toEqual([]);
    },
  );
});
