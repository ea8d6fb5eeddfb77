import { Injectable } from '@nestjs/common';
import { rowsInPieces, type SizedId } from '../common/in-pieces.js';
import type { ListRows } from '../common/in-pieces.js';
import { CryptoService } from '../security/crypto.service.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { presentTenant } from './present-tenant.js';
import { TenantsRepository } from './tenants.repository.js';

/** Reads many tenants by and by, so that as little of them is held as a slow reader has not taken. */
@Injectable()
export class TenantReader {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly crypto: CryptoService,
  ) {}

  /** In this order; those that do not exist any more are left out. */
  read(rows: readonly SizedId[]): Promise<ListRows<TenantResponseDto>> {
    return rowsInPieces(rows, async (ids) =>
      (await this.tenants.findByIds(ids)).map((tenant) =>
        presentTenant(tenant, this.crypto),
      ),
    );
  }

  /** In order of id. */
  async readByIds(
    ids: readonly number[],
  ): Promise<ListRows<TenantResponseDto>> {
    return this.read(await this.tenants.findSizes(ids));
  }
}
