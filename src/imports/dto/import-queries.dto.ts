import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { WholeNumberParameter } from '../../common/validation/whole-number.decorator.js';
import { IsText, Rule } from '../../common/validation/rules.js';

export class CreateImportQueryDto {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'Only checks the rows; adds nothing and hashes nothing.',
  })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => text === 'true' || text === 'false')
  dry_run?: 'true' | 'false';
}

export class GetImportQueryDto {
  @WholeNumberParameter({
    min: 0,
    max: 2_147_483_647,
    default: 0,
    description: 'How many to leave out.',
  })
  skip = 0;

  @WholeNumberParameter({
    min: 1,
    max: 10_000,
    default: 1_000,
    description: 'How many to give.',
  })
  limit = 1_000;

  @ApiPropertyOptional({
    enum: ['failed'],
    description: 'Only the rows that failed.',
  })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => text === 'failed')
  only?: 'failed';
}
