import { IsOptional } from 'class-validator';
import { WholeNumberParameter } from '../../common/paging/whole-number.decorator.js';
import { IsText, Length, Rule } from '../../common/validation/rules.js';
import { validateDto } from '../../common/validation/validate-dto.js';

const SORTS = ['id', 'username', 'business_name', 'created_at', 'updated_at'];

export class TenantListQueryDto {
  @WholeNumberParameter({ min: 1, max: 1_000_000, default: 1 })
  page = 1;

  @IsOptional()
  @IsText()
  @Length(0, 255)
  search?: string;

  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => ['active', 'suspended'].includes(text))
  status?: string;

  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => SORTS.includes(text.replace(/^-/, '')))
  sort?: string;
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
