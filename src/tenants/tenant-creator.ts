import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service.js';
import { CryptoService } from '../security/crypto.service.js';
import type { CreateTenantDto } from './dto/create-tenant.dto.js';
import { sealKey } from './seal-key.js';
import { TenantsRepository } from './tenants.repository.js';

/** What a tenant begins with, whoever adds it; the password travels apart, hashed. */
export type TenantInput = Omit<CreateTenantDto, 'password'>;

/** The one way by which a tenant comes into being: its row, its sealed key and its audit entry belong together. */
@Injectable()
export class TenantCreator {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param input has passed the rules.
   * @returns the id of the new tenant.
   * @throws UsernameTakenError when an index refuses the name; the caller has asked for names in another case before.
   */
  async insert(
    manager: EntityManager,
    input: TenantInput,
    passwordHash: string,
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
    await this.audit.record(manager, {
      action: 'tenant.created',
      target: `tenant:${id}`,
    });
    return id;
  }
}
