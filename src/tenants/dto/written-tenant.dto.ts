import { PickType } from '@nestjs/swagger';
import { TenantResponseDto } from './tenant-response.dto.js';

/** What a caller who may write and not read learns of the tenant that it wrote. */
export class WrittenTenantDto extends PickType(TenantResponseDto, [
  'id',
  'version',
  'created_at',
  'updated_at',
]) {}

export function toWrittenTenant({
  id,
  version,
  created_at,
  updated_at,
}: TenantResponseDto): WrittenTenantDto {
  return { id, version, created_at, updated_at };
}
