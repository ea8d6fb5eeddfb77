import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { auditContext } from '../audit/audit-context.js';
import { AuditLog } from '../audit/audit-log.service.js';
import { KeyedLock } from '../common/keyed-lock.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { CryptoService } from '../security/crypto.service.js';
import type { CreateTenantDto } from './dto/create-tenant.dto.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { presentTenant } from './present-tenant.js';
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
  readonly #creations = new KeyedLock();

  constructor(
    private readonly tenants: TenantsRepository,
    private readonly transactions: TransactionRunner,
    private readonly crypto: CryptoService,
    private readonly audit: AuditLog,
    private readonly idempotency: IdempotencyService,
  ) {}

  /** Creates of one name take turns, so that a burst of retries costs one password hash and not one each. */
  create(dto: CreateTenantDto): Promise<TenantResponseDto> {
    return this.#creations.inTurn(dto.username, async () => {
      await this.tenants.assertNameFree(dto.username);
      const passwordHash = await this.crypto.hashPassword(
        dto.password,
        auditContext().actor,
      );
      return this.transactions.run(
        (manager) => this.#create(manager, { input: dto, passwordHash }),
        { lock: 'accounts' },
      );
    });
  }

  /**
   * @returns the ids, in the order of the tenants.
   * @throws UsernameTakenError when an index refuses a name; the caller has asked `AccountNames` before.
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

  async #create(
    manager: EntityManager,
    tenant: NewTenant,
  ): Promise<TenantResponseDto> {
    await this.tenants.assertNameFree(tenant.input.username, manager);
    const [id = 0] = await this.insertAll(manager, [tenant]);
    const created = presentTenant(
      await this.tenants.getByIdOrFail(id, manager),
      this.crypto,
    );
    await this.idempotency.keep(manager, created, { target: `tenant:${id}` });
    return created;
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
