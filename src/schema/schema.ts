import type { Schema } from '../database/data-source-options.js';
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
import { CreateTenants1763800000001 } from './migrations/1763800000001-create-tenants.js';
import { CreateAdmins1763800000002 } from './migrations/1763800000002-create-admins.js';
import { CreateApiTokens1763800000003 } from './migrations/1763800000003-create-api-tokens.js';
import { CreateEncryptionKeyChecks1763800000004 } from './migrations/1763800000004-create-encryption-key-checks.js';
import { CreateAudit1763800000005 } from './migrations/1763800000005-create-audit.js';
import { AddAccounts1763800000006 } from './migrations/1763800000006-add-accounts.js';
import { AddTenantSearch1763800000007 } from './migrations/1763800000007-add-tenant-search.js';
import { CreateDeletedTenants1763800000008 } from './migrations/1763800000008-create-deleted-tenants.js';
import { CreateIdempotencyKeys1763800000009 } from './migrations/1763800000009-create-idempotency-keys.js';
import { CreateTenantImports1763800000010 } from './migrations/1763800000010-create-tenant-imports.js';
import { CreateTenantSessions1763800000011 } from './migrations/1763800000011-create-tenant-sessions.js';
import { LetImportsBeCancelled1763800000014 } from './migrations/1763800000014-let-imports-be-cancelled.js';
import { AddSteadyClock1763800000020 } from './migrations/1763800000020-add-steady-clock.js';
import { Job } from '../jobs/job.entity.js';
import { CreateJobs1763800000021 } from './migrations/1763800000021-create-jobs.js';

const ENTITIES = [
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
  Job,
];

/** Oldest first; a migration that has been released never changes. */
const MIGRATIONS = [
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
  CreateJobs1763800000021,
];

/** All that our database holds. */
export const SCHEMA = {
  entities: ENTITIES,
  migrations: MIGRATIONS,
} satisfies Schema;
