import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WholeNumberParameter } from '../../common/validation/whole-number.decorator.js';
import { Length, Rule, ValueRule } from '../../common/validation/rules.js';
import {
  DEFAULT_SORT,
  SEARCH_MAX_LENGTH,
  TENANT_SORTS,
  type TenantSort,
} from '../search/tenant-filter.js';
import { TENANT_STATUSES, type TenantStatus } from '../tenant-status.js';

export class ListTenantsQueryDto {
  @IsOptional()
  @WholeNumberParameter({
    min: 0,
    max: 2_147_483_647,
    default: 0,
    description: 'How many to leave out.',
  })
  skip?: number;

  @WholeNumberParameter({
    min: 1,
    max: 500,
    default: 100,
    description: 'How many to give.',
  })
  limit = 100;

  @ApiPropertyOptional({
    type: String,
    maxLength: SEARCH_MAX_LENGTH,
    description:
      'Part of a username or business name. Case, accents and the dot of the i make no difference.',
    example: 'sisli',
  })
  @GivenOnce()
  @Length(0, SEARCH_MAX_LENGTH)
  @Rule('INVALID_CHARACTERS', (text) => text.isWellFormed())
  search?: string;

  @ApiPropertyOptional({
    enum: TENANT_STATUSES,
    description: 'Only tenants of this status.',
  })
  @GivenOnce()
  @OneOf(TENANT_STATUSES)
  status?: TenantStatus;

  @ApiPropertyOptional({
    enum: TENANT_SORTS,
    default: DEFAULT_SORT,
    description:
      'Descending with `-`. Names are in Turkish order, what has no date comes first; equals are in order of id.',
  })
  @GivenOnce()
  @OneOf(TENANT_SORTS)
  sort?: TenantSort;

  @ApiPropertyOptional({
    type: String,
    description:
      'The `X-Next-Cursor` of the page before, asked for with the same sort; empty for the first page. However many tenants come and go meanwhile, none that stays is missed or given twice.',
    example: '',
  })
  @GivenOnce()
  after?: string;
}

/** What is given twice has arrived as a list. */
function GivenOnce(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValueRule('INVALID_FORMAT', (value) => typeof value === 'string'),
  );
}

function OneOf(values: readonly string[]): PropertyDecorator {
  return Rule('INVALID_FORMAT', (text) => values.includes(text));
}
