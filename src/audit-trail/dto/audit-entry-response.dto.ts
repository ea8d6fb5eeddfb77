import { ApiProperty } from '@nestjs/swagger';
import { EXAMPLE_REQUEST_ID } from '../../http/errors/problem-details.dto.js';
import { parseUtc } from '../../database/utc-date.transformer.js';
import { AUDIT_ACTIONS, type AuditAction } from '../../audit/audit-actions.js';
import type { AuditEntry } from '../../audit/audit-entry.entity.js';

export class AuditEntryResponseDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 7 })
  id: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null only when the entry was tampered with.',
    example: '2026-11-22T18:39:00.000Z',
  })
  at: string | null;

  @ApiProperty({
    description:
      '`admin:ID`, `tenant:ID`, `token:ID`, `operator`, `system` or `visitor`.',
    example: 'admin:1',
  })
  actor: string;

  @ApiProperty({ enum: AUDIT_ACTIONS, example: 'tenant.updated' })
  action: AuditAction;

  @ApiProperty({ type: String, nullable: true, example: 'tenant:42' })
  target: string | null;

  @ApiProperty({
    type: [String],
    description: 'Names of the changed fields; never their values.',
    example: ['business_name'],
  })
  fields: string[];

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  address: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: EXAMPLE_REQUEST_ID,
  })
  request_id: string | null;
}

export function toAuditEntryResponse(entry: AuditEntry): AuditEntryResponseDto {
  return {
    id: entry.id,
    at: parseUtc(entry.at)?.toISOString() ?? null,
    actor: entry.actor,
    action: entry.action,
    target: entry.target,
    fields: entry.fields === '' ? [] : entry.fields.split(','),
    address: entry.address,
    request_id: entry.requestId,
  };
}
