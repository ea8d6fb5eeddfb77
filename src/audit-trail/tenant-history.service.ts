import { Injectable } from '@nestjs/common';
import { type AuditNames, AuditNamesService } from './audit-names.service.js';
import { AuditService } from './audit.service.js';
import type { AuditEntryResponseDto } from './dto/audit-entry-response.dto.js';

const NEWEST = 10;

/** Entries, and what those who stand in them are called today. */
export interface NamedEntries {
  /** Newest first. */
  entries: AuditEntryResponseDto[];
  names: AuditNames;
}

/** What happened to one tenant lately. */
@Injectable()
export class TenantHistoryService {
  constructor(
    private readonly audit: AuditService,
    private readonly names: AuditNamesService,
  ) {}

  async of(tenantId: number): Promise<NamedEntries> {
    const [entries, actors] = await Promise.all([
      this.audit.list({ target: `tenant:${tenantId}`, limit: NEWEST }),
      this.names.ofActors(),
    ]);
    return { entries, names: await this.names.withTenants(actors, [tenantId]) };
  }
}
