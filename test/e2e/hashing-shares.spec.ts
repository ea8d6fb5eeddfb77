import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminsService } from '../../src/auth/admins/admins.service.js';
import { tenantFactory } from '../factories/tenant.factory.js';
import type { Answer } from '../helpers/answer.js';
import { ApiClient } from '../helpers/api-client.js';
import { newVisitor } from '../helpers/tenant-visitor.js';
import { TestApp } from '../helpers/test-app.js';

const ADMIN = { username: 'yonetici', password: 'uzun-ve-gizli-parola-7' };
const CREATES = 100;
/** Waiting and being worked on, of one caller. */
const SHARE = 32;

describe('Shares of the hashing threads', () => {
  let app: TestApp;
  let client: ApiClient;

  beforeAll(async () => {
    app = await TestApp.start({
      hashCost: 12,
      env: { TRUST_PROXY: '1' },
    });
    await app.nest.get(AdminsService).create(ADMIN);
    client = await ApiClient.of(app);
  });
  afterAll(() => app.stop());

  function create(token: string): Promise<Answer> {
    return client.as(token).post('/api/tenants', tenantFactory.build());
  }

  it('leave sign-ins and other callers theirs while one creates 100 tenants at once', async () => {
    const [greedy, other] = [await app.token(), await app.token()];
    const visitors = Array.from({ length: 8 }, () => newVisitor(app));
    for (const visitor of visitors) await visitor.get('/login');
    const creates = Array.from({ length: CREATES }, () => create(greedy));
    const others = Array.from({ length: 3 }, () => create(other));
    const signIns = visitors.map((visitor, index) =>
      visitor.post('/login', { username: `yok-${index}`, password: 'yanlis' }),
    );

    const failed = await Promise.all(signIns);
    expect(failed.map(({ status }) => status)).toEqual(visitors.map(() => 401));
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([
      201, 201, 201,
    ]);
    const answers = await Promise.all(creates);
    const refused = answers.filter(({ status }) => status !== 201);
    // Some may come in only after others are done.
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(SHARE);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect([answer.status, answer.problem.code]).toEqual([
        503,
        'UNAVAILABLE',
      ]);
      expect(answer.header('retry-after')).toBe('5');
    }
    const { status } = await newVisitor(app).signIn(
      ADMIN.username,
      ADMIN.password,
    );
    expect(status).toBe(303);
  });
});
