import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service.js';
import { CryptoService } from '../security/crypto.service.js';
import type { CreateTenantDto } from './dto/create-tenant.dto.js';
import { sealKey } from './seal-key.js';
import { TenantsRepository } from './tenants.repository.js';

export type TenantInput = Omit<CreateTenantDto, 'password'>;

/** What a tenant begins with, whoever adds it. */
export interface NewTenant {
  /** Has passed the rules. */
  input: TenantInput;
  passwordHash: string;
}

/** The one way by which a tenant comes into being: its row, its sealed key and its audit entry belong together. */
@Injectable()
export class TenantCreator {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the id of the new tenant.
   * @throws UsernameTakenError when an index refuses the name; the caller has asked for names in another case before.
   */
  async insert(manager: EntityManager, tenant: NewTenant): Promise<number> {
    const [id] = await this.insertAll(manager, [tenant]);
    if (id === undefined) throw new Error('an insert without an id');
    return id;
  }

  /**
   * @returns the ids, in the order of the tenants.
   * @throws UsernameTakenError
   */
  async insertAll(
    manager: EntityManager,
    tenants: readonly NewTenant[],
  ): Promise<number[]> {
    const ids: number[] = [];
    for (const tenant of tenants)
      ids.push(await this.#insertRow(manager, tenant));
    await this.audit.recordAll(
      manager,
      ids.map((id) => ({ action: 'tenant.created', target: `tenant:${id}` })),
    );
    return ids;
  }

  async #insertRow(
    manager: EntityManager,
    { input, passwordHash }: NewTenant,
  ): Promise<number> {
    const id = await this.tenants.insert(manager, {
      username: input.username,
      passwordHash,
      businessName: input.business_name,
      systemPrompt: input.system_prompt,
      createdAt: new Date(),
    });
    // The key is sealed for its tenant, whose id is known only now.
    await this.tenants.update(
      manager,
      id,
      sealKey(this.crypto, input.openai_api_key, id),
    );
    return id;
  }
}
