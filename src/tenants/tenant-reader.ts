import { Injectable } from '@nestjs/common';
import {
  inOrder,
  type Pieces,
  readInPieces,
  type SizedId,
} from '../common/in-pieces.js';
import { CryptoService } from '../security/crypto.service.js';
import type { TenantResponseDto } from './dto/tenant-response.dto.js';
import { presentTenant } from './present-tenant.js';
import { checkedJson } from './tenant-json.js';
import { TenantsRepository } from './tenants.repository.js';

/**
 * Reads many tenants by and by, so that as little of them is held as a slow reader has not taken. Those that do not exist any
 * more are left out.
 */
@Injectable()
export class TenantReader {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly crypto: CryptoService,
  ) {}

  /** In this order. */
  read(rows: readonly SizedId[]): Promise<Pieces<TenantResponseDto[]>> {
    return readInPieces(rows, (ids) => this.#find(ids));
  }

  /** In order of id. */
  async readByIds(
    ids: readonly number[],
  ): Promise<Pieces<TenantResponseDto[]>> {
    return this.read(await this.tenants.findSizes(ids));
  }

  /** In this order, each piece as a JSON array. */
  readJson(rows: readonly SizedId[]): Promise<Pieces<Buffer>> {
    return readInPieces(rows, async (ids) => {
      const written = await this.tenants.writeByIds(ids);
      return (
        checkedJson(written, this.crypto) ??
        Buffer.from(JSON.stringify(await this.#find(ids)))
      );
    });
  }

  async #find(ids: readonly number[]): Promise<TenantResponseDto[]> {
    const found = await this.tenants.findByIds(ids);
    return inOrder(ids, found).map((tenant) =>
      presentTenant(tenant, this.crypto),
    );
  }
}
