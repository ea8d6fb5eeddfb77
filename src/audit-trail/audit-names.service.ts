import { Injectable } from '@nestjs/common';
import { AdminsService } from '../auth/admins/admins.service.js';
import { ApiTokensService } from '../auth/api-tokens/api-tokens.service.js';
import { TenantsService } from '../tenants/tenants.service.js';

/** Present names by reference, as `admin:1`; of those that still exist. */
export type AuditNames = ReadonlyMap<string, string>;

/** What those who stand in the audit trail are called today. */
@Injectable()
export class AuditNamesService {
  constructor(
    private readonly admins: AdminsService,
    private readonly tokens: ApiTokensService,
    private readonly tenants: TenantsService,
  ) {}

  /** All admins, then all API tokens, then only these tenants: there may be thousands. */
  async ofActors(tenantIds: readonly number[] = []): Promise<AuditNames> {
    const [admins, tokens] = await Promise.all([
      this.admins.list(),
      this.tokens.list(),
    ]);
    const others = new Map([
      ...admins.map(({ id, username }) => [`admin:${id}`, username] as const),
      ...tokens.map(({ id, name }) => [`token:${id}`, name] as const),
    ]);
    return this.withTenants(others, tenantIds);
  }

  async withTenants(
    others: AuditNames,
    tenantIds: readonly number[],
  ): Promise<AuditNames> {
    const tenants = await this.tenants.namesOf(tenantIds);
    return new Map([
      ...others,
      ...[...tenants].map(([id, name]) => [`tenant:${id}`, name] as const),
    ]);
  }
}
