import { Injectable } from '@nestjs/common';
import type { AuditAction } from '../audit/audit-actions.js';
import {
  type AuditFilter,
  AuditRepository,
} from '../audit/audit.repository.js';
import {
  type AuditEntryResponseDto,
  toAuditEntryResponse,
} from './dto/audit-entry-response.dto.js';

@Injectable()
export class AuditService {
  constructor(private readonly entries: AuditRepository) {}

  /** Newest first. */
  async list(filter: AuditFilter): Promise<AuditEntryResponseDto[]> {
    return (await this.entries.findPage(filter)).map(toAuditEntryResponse);
  }

  /** Who did it to each of the targets last, by target. */
  async lastActors(
    action: AuditAction,
    targets: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const entries = await this.entries.findByTargets(action, targets);
    return new Map(
      entries.map(({ target, actor }) => [target ?? '', actor] as const),
    );
  }
}
