import type { DataSourceOptions } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { Admin } from '../auth/admins/admin.entity.js';
import { ApiToken } from '../auth/api-tokens/api-token.entity.js';
import { AdminSession } from '../auth/sessions/admin-session.entity.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { AuditHead } from '../audit/audit-head.entity.js';
import { AuditKey } from '../audit/audit-key.entity.js';
import { DeletedTenant } from '../tenants/bin/deleted-tenant.entity.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.entity.js';
import { SteadyClockState } from '../maintenance/steady-clock.entity.js';
import { TenantSession } from '../tenant-auth/sessions/tenant-session.entity.js';
import { Tenant } from '../tenants/tenant.entity.js';
import { TenantImportPayload } from '../imports/tenant-import-payload.entity.js';
import { TenantImportRow } from '../imports/tenant-import-row.entity.js';
import { TenantImport } from '../imports/tenant-import.entity.js';
import { EncryptionKeyCheck } from '../keys/encryption-key-check.entity.js';
import { CreateTenants1763800000001 } from '../schema/migrations/1763800000001-create-tenants.js';
import { CreateAdmins1763800000002 } from '../schema/migrations/1763800000002-create-admins.js';
import { CreateApiTokens1763800000003 } from '../schema/migrations/1763800000003-create-api-tokens.js';
import { CreateEncryptionKeyChecks1763800000004 } from '../schema/migrations/1763800000004-create-encryption-key-checks.js';
import { CreateAudit1763800000005 } from '../schema/migrations/1763800000005-create-audit.js';
import { AddAccounts1763800000006 } from '../schema/migrations/1763800000006-add-accounts.js';
import { AddTenantSearch1763800000007 } from '../schema/migrations/1763800000007-add-tenant-search.js';
import { CreateDeletedTenants1763800000008 } from '../schema/migrations/1763800000008-create-deleted-tenants.js';
import { CreateIdempotencyKeys1763800000009 } from '../schema/migrations/1763800000009-create-idempotency-keys.js';
import { CreateTenantImports1763800000010 } from '../schema/migrations/1763800000010-create-tenant-imports.js';
import { CreateTenantSessions1763800000011 } from '../schema/migrations/1763800000011-create-tenant-sessions.js';
import { LetImportsBeCancelled1763800000014 } from '../schema/migrations/1763800000014-let-imports-be-cancelled.js';
import { AddSteadyClock1763800000020 } from '../schema/migrations/1763800000020-add-steady-clock.js';
import { READ_ONLY, READ_WRITE, sqliteDriver } from './sqlite/sqlite.js';

/** The writer owns every write and transaction; the reader cannot write and never sees what is not committed. */
export type ConnectionRole = 'writer' | 'reader';

/** Name of the reader's data source in dependency injection. */
export const READER = 'reader';

export const ENTITIES = [
  Tenant,
  DeletedTenant,
  Admin,
  AdminSession,
  TenantSession,
  ApiToken,
  EncryptionKeyCheck,
  AuditEntry,
  AuditHead,
  AuditKey,
  IdempotencyKey,
  TenantImport,
  TenantImportRow,
  TenantImportPayload,
  SteadyClockState,
];

/** Oldest first; a migration that has been released never changes. */
export const MIGRATIONS = [
  CreateTenants1763800000001,
  CreateAdmins1763800000002,
  CreateApiTokens1763800000003,
  CreateEncryptionKeyChecks1763800000004,
  CreateAudit1763800000005,
  AddAccounts1763800000006,
  AddTenantSearch1763800000007,
  CreateDeletedTenants1763800000008,
  CreateIdempotencyKeys1763800000009,
  CreateTenantImports1763800000010,
  CreateTenantSessions1763800000011,
  LetImportsBeCancelled1763800000014,
  AddSteadyClock1763800000020,
];

const BUSY_TIMEOUT_MS = 5_000;

/**
 * The one place that knows database dialects: serves the application, the CLI, the migrations and the tests.
 * Null and undefined in a `where` throw, because TypeORM otherwise drops the condition and gives the first row.
 */
export function dataSourceOptions(
  config: Pick<AppConfig, 'database'>,
  role: ConnectionRole,
): DataSourceOptions {
  return {
    name: role === 'writer' ? 'default' : READER,
    type: 'sqlite',
    driver: sqliteDriver,
    database: config.database.path,
    flags: role === 'writer' ? READ_WRITE : READ_ONLY,
    busyTimeout: BUSY_TIMEOUT_MS,
    entities: ENTITIES,
    migrations: role === 'writer' ? MIGRATIONS : [],
    migrationsTableName: 'migrations',
    migrationsRun: false,
    synchronize: false,
    logging: false,
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
  };
}
