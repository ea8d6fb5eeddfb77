import { ApiProperty } from '@nestjs/swagger';
import { TenantResponseDto } from '../../dto/tenant-response.dto.js';
import { type DeletedTenant, purgeDate } from '../deleted-tenant.entity.js';

export class DeletedTenantResponseDto extends TenantResponseDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-11-22T18:39:00.000Z',
  })
  deleted_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    description: 'When the tenant is deleted for good.',
    example: '2026-12-22T18:39:00.000Z',
  })
  purge_at: string;
}

/** @param tenant the same as it goes out when it lives. */
export function toDeletedTenantResponse(
  { deletedAt }: DeletedTenant,
  tenant: TenantResponseDto,
): DeletedTenantResponseDto {
  return {
    ...tenant,
    deleted_at: deletedAt.toISOString(),
    purge_at: purgeDate(deletedAt).toISOString(),
  };
}
