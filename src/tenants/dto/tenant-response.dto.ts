import { ApiProperty } from '@nestjs/swagger';
import type { TenantColumns } from '../tenant-columns.js';
import {
  TENANT_STATUSES,
  type TenantStatus,
  tenantStatus,
} from '../tenant-status.js';

export const KEY_STATES = ['ok', 'missing', 'unreadable'] as const;
type KeyState = (typeof KEY_STATES)[number];

export class TenantResponseDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 42 })
  id: number;

  @ApiProperty({ example: 'gunes_dis' })
  username: string;

  @ApiProperty({ example: 'Güneş Diş Kliniği' })
  business_name: string;

  @ApiProperty({
    example: 'Sen Güneş Diş Kliniği’nin sanal resepsiyonistisin.',
  })
  system_prompt: string;

  @ApiProperty({ enum: TENANT_STATUSES, example: 'active' })
  status: TenantStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Last 4 characters of the key; null unless its state is `ok`.',
    example: '1b2A',
  })
  openai_api_key_hint: string | null;

  @ApiProperty({ enum: KEY_STATES, example: 'ok' })
  openai_api_key_state: KeyState;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Grows by one with each change.',
    example: 1,
  })
  version: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-22T18:39:00.000Z',
  })
  created_at: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null when never updated.',
    example: null,
  })
  updated_at: string | null;
}

export const OUTPUT_ONLY_FIELDS = [
  'id',
  'status',
  'openai_api_key_hint',
  'openai_api_key_state',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof TenantResponseDto)[];

/** Names every field that goes out; whatever else an entity holds stays inside. */
export function toTenantResponse(
  tenant: TenantColumns,
  keyState: KeyState,
): TenantResponseDto {
  return {
    id: tenant.id,
    username: tenant.username,
    business_name: tenant.businessName,
    system_prompt: tenant.systemPrompt,
    status: tenantStatus(tenant.status),
    openai_api_key_hint: keyState === 'ok' ? tenant.openaiApiKeyHint : null,
    openai_api_key_state: keyState,
    version: tenant.version,
    created_at: tenant.createdAt?.toISOString() ?? null,
    updated_at: tenant.updatedAt?.toISOString() ?? null,
  };
}
