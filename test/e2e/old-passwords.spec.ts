import { compareSync, hashSync } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newVisitor } from '../helpers/tenant-visitor.js';
import { TestApp } from '../helpers/test-app.js';
import { TestDatabase } from '../helpers/test-database.js';

const NFC = 'şifrem-çok-güçlü';
const NFD = NFC.normalize('NFD');

describe('Passwords of the old application', () => {
  let app: TestApp;
  let database: TestDatabase;

  beforeAll(async () => {
    app = await TestApp.start({
      hashCost: 12,
      env: { TRUST_PROXY: '1' },
    });
    database = new TestDatabase(app.databaseFile);
  });
  afterAll(async () => {
    await database.close();
    await app.stop();
  });

  async function storedHash(username: string): Promise<string> {
    const [row] = await database.all<{ hash: string }>(
      'SELECT password_hash AS hash FROM tenants WHERE username = ?',
      [username],
    );
    return row?.hash ?? '';
  }

  it.each([
    ['decomposed letters, at our cost', NFD, 12, NFC],
    ['decomposed letters, typed again', NFD, 10, NFD],
    ['a dearer cost', 'parola-parola', 13, 'parola-parola'],
  ])(
    'open the account and are hashed anew: %s',
    async (_, stored, cost, typed) => {
      const username = `eski-${cost}`;
      await database.insertLegacyTenant({ username });
      await database.run(
        'UPDATE tenants SET password_hash = ? WHERE username = ?',
        hashSync(stored, cost),
        username,
      );
      const answer = await newVisitor(app).signIn(username, typed);
      expect([answer.status, answer.header('location')]).toEqual([
        303,
        '/panel',
      ]);
      const renewed = await storedHash(username);
      expect(renewed).toMatch(/^\$2b\$12\$/);
      expect(compareSync(typed.normalize('NFC'), renewed)).toBe(true);
      expect((await newVisitor(app).signIn(username, typed)).status).toBe(303);
      expect(await storedHash(username)).toBe(renewed);
    },
  );
});
