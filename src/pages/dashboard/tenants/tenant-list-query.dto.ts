import { IsOptional } from 'class-validator';
import { IsText, Length, Rule } from '../../../common/validation/rules.js';
import { validateDto } from '../../../common/validation/validate-dto.js';
import {
  SEARCH_MAX_LENGTH,
  TENANT_SORTS,
  type TenantSort,
} from '../../../tenants/search/tenant-filter.js';
import { PageQueryDto } from '../../kit/forms/page-query.dto.js';
import {
  TENANT_STATUSES,
  type TenantStatus,
} from '../../../tenants/tenant-status.js';

export class TenantListQueryDto extends PageQueryDto {
  @IsOptional()
  @IsText()
  @Length(0, SEARCH_MAX_LENGTH)
  search?: string;

  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) =>
    TENANT_STATUSES.some((status) => status === text),
  )
  status?: TenantStatus;

  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => TENANT_SORTS.some((sort) => sort === text))
  sort?: TenantSort;
}

/**
 * The form's empty fields ask for everything.
 * @throws ValidationFailedError
 */
export function tenantListQuery(query: object): TenantListQueryDto {
  const filledIn = Object.entries(query).filter(([, value]) => value !== '');
  return validateDto(TenantListQueryDto, Object.fromEntries(filledIn), {
    unknown: 'ignore',
  });
}
