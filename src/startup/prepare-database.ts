import { basename } from 'node:path';
import type { AppConfig } from '../config/app-config.js';
import {
  inspectDatabase,
  type DatabaseFacts,
} from '../schema/inspect-database.js';
import { assertWritable } from '../database/sqlite/assert-writable.js';
import { assertKeysFit } from '../schema/key-check.js';
import { migrateDatabase } from '../schema/migrate-database.js';
import { KeyRing } from '../security/key-ring.js';
import type { Report } from './report.js';
import { assertNoOldDatabase } from './signs-of-old-database.js';

/**
 * Checks that database and keys belong together, then brings the database to this version. One that is of this version stays as it is,
 * whatever keys are given.
 * @param check more conditions, judged before anything is changed.
 * @throws ConfigError, the database untouched.
 */
export async function prepareDatabase(
  config: AppConfig,
  report: Report,
  check?: (facts: DatabaseFacts) => Promise<void>,
): Promise<void> {
  const keys = new KeyRing(config.encryptionKeys);
  await assertNoOldDatabase(config.database.path);
  assertWritable(config.database.path);
  const facts = await inspectDatabase(config);
  assertKeysFit(facts, keys);
  await check?.(facts);
  if (facts.kind === 'new')
    report(`Yeni veritabanı: ${basename(config.database.path)}`);
  if (!facts.current) await migrateDatabase(config, keys, report);
}
