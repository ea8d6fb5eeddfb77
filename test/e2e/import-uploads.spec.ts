import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { importRow, ndjson } from '../factories/import-rows.js';
import { ADMIN } from '../helpers/dashboard.js';
import { PageClient } from '../helpers/page-client.js';
import { TestApp } from '../helpers/test-app.js';
import { sql } from '../helpers/test-database.js';

const LINE = ndjson([importRow('yarim-kalan')]);

describe('an upload that never ends', () => {
  let app: TestApp;
  let page: PageClient;
  let token: string;
  let csrf: string;
  let logged: MockInstance;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    token = await app.token();
    await app.nest.get(AdminsService).create(ADMIN);
    page = await PageClient.signedIn(app.url);
    csrf = await page.tokenOf('/imports/new');
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    logged = vi.spyOn(Logger.prototype, 'error');
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    vi.restoreAllMocks();
  });

  async function send(head: string, body: string): Promise<Socket> {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      `${head}\r\nHost: ${hostname}:${port}\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n${body}`,
    );
    return socket;
  }

  const sendToApi = (): Promise<Socket> =>
    send(
      `POST /api/tenants/imports HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/x-ndjson`,
      LINE,
    );
  const sendForm = (): Promise<Socket> =>
    send(
      `POST /imports/new HTTP/1.1\r\nCookie: ${page.cookies}\r\nContent-Type: multipart/form-data; boundary=x`,
      `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="x.ndjson"\r\n\r\n${LINE}`,
    );

  function untilReceiving(count: number): Promise<boolean> {
    return vi.waitUntil(
      async () =>
        (await sql(app.databaseFile, 'SELECT 1 FROM tenant_imports')).length ===
        count,
      { timeout: 30_000, interval: 20 },
    );
  }

  it('is given up, over the API and from the form, and leaves nothing behind', async () => {
    const uploads = [await sendToApi(), await sendForm()];
    await untilReceiving(2);
    const [answer, form] = await Promise.all(
      uploads.map((socket) => text(socket)),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"MALFORMED_REQUEST"');
    expect(form).toMatch(/^HTTP\/1\.1 422 /);
    expect(/id="file-error">([^<]*)/.exec(form ?? '')?.[1]).toContain(
      'yarıda kesildi',
    );
    for (const table of ['imports', 'import_rows', 'import_payloads'])
      expect(
        await sql(app.databaseFile, `SELECT 1 FROM tenant_${table}`),
      ).toEqual([]);
    expect(logged).not.toHaveBeenCalled();
  });

  it('because its sender hangs up is no fault of the service', async () => {
    const uploads = [await sendToApi(), await sendForm()];
    await untilReceiving(2);
    for (const socket of uploads) socket.destroy();
    await untilReceiving(0);
    // What is wrong is logged once the rows are gone; another answer comes after that.
    await page.get('/imports');
    expect(logged).not.toHaveBeenCalled();
  });
});
