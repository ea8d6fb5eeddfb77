import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ValidationFailedError } from '../common/errors/common.errors.js';
import { auditContext } from '../audit/audit-context.js';
import { InsufficientScopeError } from '../auth/auth.errors.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { type AcceptedVersions, assertVersion } from '../http/version-tag.js';
import { ruleFaults } from '../common/validation/validate-dto.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { CryptoService } from '../security/crypto.service.js';
import { moveToBin } from './bin/move-tenant.js';
import type { CreateTenantDto } from './dto/create-tenant.dto.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import type { UpdateTenantDto } from './dto/update-tenant.dto.js';
import { presentTenant } from './present-tenant.js';
import {
  changedFields,
  differences,
  type RequestedChanges,
} from './tenant-changes.js';
import type { Renaming } from './renaming.decorator.js';
import { sealKey } from './seal-key.js';
import { TenantCreator } from './tenant-creator.js';
import { type Tenant } from './tenant.entity.js';
import { type TenantChanges, TenantsRepository } from './tenants.repository.js';

@Injectable()
export class TenantsService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
    private readonly creator: TenantCreator,
  ) {}

  async get(id: number): Promise<TenantResponseDto> {
    return this.#toResponse(await this.tenants.getByIdOrFail(id));
  }

  exists(id: number): Promise<boolean> {
    return this.tenants.existsById(id);
  }

  /** The business names of those that exist, by id. */
  async namesOf(ids: Iterable<number>): Promise<Map<number, string>> {
    const found = await this.tenants.findNames([...new Set(ids)]);
    return new Map(found.map(({ id, businessName }) => [id, businessName]));
  }

  /** @throws UsernameTakenError, UnavailableError */
  create(dto: CreateTenantDto): Promise<TenantResponseDto> {
    return this.creator.create(dto);
  }

  /**
   * Changes the fields sent that differ from what is stored; checks the rules of those alone.
   * @param renaming which name to sign in with the caller may send.
   * @throws VersionConflictError when the tenant is at none of the accepted versions; InsufficientScopeError
   */
  async update(
    id: number,
    dto: UpdateTenantDto,
    accepted?: AcceptedVersions,
    renaming: Renaming = 'any',
  ): Promise<TenantResponseDto> {
    if (renaming === 'none' && dto.username != null)
      throw new InsufficientScopeError();
    const tenant = await this.tenants.getByIdOrFail(id);
    const requested = differences(dto, tenant);
    if (requested.username != null && renaming !== 'any')
      throw new InsufficientScopeError();
    const faults = ruleFaults(requested);
    if (faults.length > 0) throw new ValidationFailedError(faults);
    // Here already, so that no password is hashed in vain.
    assertVersion(tenant.version, accepted);
    const passwordHash =
      requested.password == null
        ? undefined
        : await this.crypto.hashPassword(
            requested.password,
            auditContext().actor,
          );
    return this.transactions.run(
      (manager) =>
        this.#applyChanges(
          manager,
          id,
          { ...requested, passwordHash },
          accepted,
        ),
      requested.username == null ? {} : { lock: 'accounts' },
    );
  }

  /**
   * Moves a tenant to the bin, from where `TenantBinService` can restore it.
   * @throws TenantNotFoundError, VersionConflictError
   */
  delete(id: number, accepted?: AcceptedVersions): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { version } = await this.tenants.getByIdOrFail(id, manager);
      assertVersion(version, accepted);
      await moveToBin(manager, id);
      await this.audit.record(manager, {
        action: 'tenant.deleted',
        target: `tenant:${id}`,
      });
    });
  }

  async #applyChanges(
    manager: EntityManager,
    id: number,
    requested: RequestedChanges,
    accepted: AcceptedVersions,
  ): Promise<TenantResponseDto> {
    // Read again: another change may have been committed since the rules were checked.
    const tenant = await this.tenants.getByIdOrFail(id, manager);
    assertVersion(tenant.version, accepted);
    const changes = this.#columnsOf(requested, tenant);
    if (Object.keys(changes).length === 0) return this.#toResponse(tenant);
    const columns = {
      ...changes,
      version: tenant.version + 1,
      updatedAt: new Date(),
    };
    await this.tenants.update(manager, id, columns);
    await this.audit.record(manager, {
      action: 'tenant.updated',
      target: `tenant:${id}`,
      fields: changedFields(changes),
    });
    // As it is stored now: nobody else writes here meanwhile.
    return this.#toResponse({ ...tenant, ...columns });
  }

  #columnsOf(requested: RequestedChanges, tenant: Tenant): TenantChanges {
    const {
      username,
      business_name: businessName,
      system_prompt: systemPrompt,
      openai_api_key: key,
    } = differences(requested, tenant);
    const columns = {
      username,
      businessName,
      systemPrompt,
      passwordHash: requested.passwordHash,
    };
    const changed = Object.fromEntries(
      Object.entries(columns).filter(([, value]) => value != null),
    );
    return key == null
      ? changed
      : { ...changed, ...sealKey(this.crypto, key, tenant.id) };
  }

  #toResponse(tenant: Tenant): TenantResponseDto {
    return presentTenant(tenant, this.crypto);
  }
}
