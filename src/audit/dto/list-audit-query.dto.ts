import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WholeNumberParameter } from '../../common/paging/whole-number.decorator.js';
import { IsText, Length, Rule } from '../../common/validation/rules.js';
import { AUDIT_ACTIONS, type AuditAction } from '../audit-actions.js';

const REFERENCE = /^[\w:]+$/;

export class ListAuditQueryDto {
  /** How many entries to give, newest first. */
  @WholeNumberParameter({ min: 1, max: 500, default: 100 })
  limit = 100;

  /** Only entries older than this id. */
  @IsOptional()
  @WholeNumberParameter({ min: 1, max: Number.MAX_SAFE_INTEGER })
  before?: number;

  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) =>
    AUDIT_ACTIONS.some((action) => action === text),
  )
  action?: AuditAction;

  @ApiPropertyOptional({ type: String, maxLength: 32, example: 'admin:1' })
  @IsOptional()
  @IsText()
  @Length(1, 32)
  @Rule('INVALID_FORMAT', (text) => REFERENCE.test(text))
  actor?: string;

  @ApiPropertyOptional({ type: String, maxLength: 32, example: 'tenant:42' })
  @IsOptional()
  @IsText()
  @Length(1, 32)
  @Rule('INVALID_FORMAT', (text) => REFERENCE.test(text))
  target?: string;
}
