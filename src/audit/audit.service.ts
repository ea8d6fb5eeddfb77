import { Injectable } from '@nestjs/common';
import { type AuditFilter, AuditRepository } from './audit.repository.js';
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
}
