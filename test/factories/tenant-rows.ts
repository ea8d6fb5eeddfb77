import { DataSource, type EntityManager } from 'typeorm';
import type { AppConfig } from '../../src/config/app-config.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { SCHEMA } from '../../src/schema/schema.js';
import { KeyRing } from '../../src/security/key-ring.js';
import { SecretBox } from '../../src/security/secret-box.js';
import { moveToBin } from '../../src/tenants/bin/move-tenant.js';
import { openAiKeyPlace, Tenant } from '../../src/tenants/tenant.entity.js';

const NOBODYS_HASH = `$2b$12$${'x'.repeat(53)}`;

/** Puts many tenants straight into a migrated database: hashing thousands of passwords would take an hour. */
export async function seedTenants(
  config: AppConfig,
  count: number,
): Promise<void> {
  const secrets = new SecretBox(new KeyRing(config.encryptionKeys));
  await inTransaction(config, async (manager) => {
    for (let id = 1; id <= count; id += 1) {
      const { token, kid, mac, hint } = secrets.seal(
        `sk-seeded-${String(id).padStart(12, '0')}`,
        openAiKeyPlace(id),
      );
      await manager.insert(Tenant, {
        id,
        username: `seeded-${id}`,
        passwordHash: NOBODYS_HASH,
        businessName: `Şubesi ${id}`,
        systemPrompt: 'Sen bir sanal resepsiyonistsin.',
        openaiApiKey: token,
        openaiApiKeyKid: kid,
        openaiApiKeyMac: mac,
        openaiApiKeyHint: hint,
        createdAt: new Date(),
      });
    }
  });
}

/** Deletes tenants of a database that no service has open. */
export async function discardTenants(
  config: AppConfig,
  ids: readonly number[],
): Promise<void> {
  await inTransaction(config, async (manager) => {
    for (const id of ids) await moveToBin(manager, id);
  });
}

async function inTransaction(
  config: AppConfig,
  work: (manager: EntityManager) => Promise<void>,
): Promise<void> {
  const source = await new DataSource(
    dataSourceOptions(config, 'writer', SCHEMA),
  ).initialize();
  try {
    await source.transaction(work);
  } finally {
    await source.destroy();
  }
}
