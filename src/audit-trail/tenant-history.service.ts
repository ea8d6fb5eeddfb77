import { Injectable } from '@nestjs/common';
import { AuditService } from './audit.service.js';
import type { Locale } from '../common/i18n/locale.js';
import {
  type AuditRow,
  auditRows,
} from '../pages/dashboard/audit/audit-list.page.js';
import { AuditNamesService } from './audit-names.service.js';

const NEWEST = 10;

/** What happened to one tenant lately, in sentences. */
@Injectable()
export class TenantHistory {
  constructor(
    private readonly audit: AuditService,
    private readonly names: AuditNamesService,
  ) {}

  /** Newest first. */
  async of(tenantId: number, locale: Locale): Promise<AuditRow[]> {
    const [entries, actors] = await Promise.all([
      this.audit.list({ target: `tenant:${tenantId}`, limit: NEWEST }),
      this.names.ofActors(),
    ]);
    const names = await this.names.withTenants(actors, [tenantId]);
    return auditRows(locale, entries, names);
  }
}
