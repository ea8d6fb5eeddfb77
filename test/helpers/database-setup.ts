import { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/load-config.js';
import type { AppConfig } from '../../src/config/app-config.js';
import {
  generateToken,
  hashToken,
} from '../../src/auth/api-tokens/token-format.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { recordEncryptingKey } from '../../src/keys/key-checks.js';
import { formatUtc } from '../../src/database/utc-date.transformer.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { prepareDatabase } from '../../src/startup/prepare-database.js';
import { withDatabase } from './test-database.js';
import { TEST_ENCRYPTION_KEY, TEST_SECRET_KEY } from './service.js';

export function configFor(
  file: string,
  env: Record<string, string> = {},
): AppConfig {
  return loadConfig({
    DATABASE_URL: `sqlite:///${file}`,
    ENCRYPTION_KEY: TEST_ENCRYPTION_KEY,
    SECRET_KEY: TEST_SECRET_KEY,
    LOG_LEVEL: 'silent',
    ...env,
  });
}

/**
 * Brings a database to this version as the start of a server does, without starting one.
 * @returns what the operator is told.
 */
export async function migrateHere(
  file: string,
  env: Record<string, string> = {},
): Promise<string> {
  const lines: string[] = [];
  const config = configFor(file, env);
  await prepareDatabase(config, (line) => lines.push(line));
  const writer = await new DataSource(
    dataSourceOptions(config, 'writer', SCHEMA),
  ).initialize();
  await recordEncryptingKey(writer.manager, new KeyRing(config.encryptionKeys));
  await writer.destroy();
  return lines.join('\n');
}

/** An API token written straight into a migrated database, because starting the CLI takes a second or two. */
export async function tokenIn(file: string): Promise<string> {
  const { id, token } = generateToken();
  await withDatabase(file, (database) =>
    database.all(
      'INSERT INTO api_tokens (id, secret_hash, name, scopes, created_at) VALUES (?, ?, ?, ?, ?)',
      [
        id,
        hashToken(token),
        'test',
        'tenants:read,tenants:write',
        formatUtc(new Date()),
      ],
    ),
  );
  return token;
}
