import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WholeNumberParameter } from '../../common/validation/whole-number.decorator.js';
import { IsText, Length, Rule } from '../../common/validation/rules.js';
import { AUDIT_ACTIONS, type AuditAction } from '../../audit/audit-actions.js';

const REFERENCE = /^[\w:]+$/;

export class ListAuditQueryDto {
  @WholeNumberParameter({
    min: 1,
    max: 500,
    default: 100,
    description: 'How many to give.',
  })
  limit = 100;

  @IsOptional()
  @WholeNumberParameter({
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Only entries older than this id.',
    example: 1000,
  })
  before?: number;

  @ApiPropertyOptional({
    enum: AUDIT_ACTIONS,
    description: 'Only this action.',
    example: 'tenant.updated',
  })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) =>
    AUDIT_ACTIONS.some((action) => action === text),
  )
  action?: AuditAction;

  @ApiPropertyOptional({
    type: String,
    maxLength: 32,
    description: 'Only what this actor did.',
    example: 'admin:1',
  })
  @IsOptional()
  @IsText()
  @Length(1, 32)
  @Rule('INVALID_FORMAT', (text) => REFERENCE.test(text))
  actor?: string;

  @ApiPropertyOptional({
    type: String,
    maxLength: 32,
    description: 'Only what was done to this.',
    example: 'tenant:42',
  })
  @IsOptional()
  @IsText()
  @Length(1, 32)
  @Rule('INVALID_FORMAT', (text) => REFERENCE.test(text))
  target?: string;
}
