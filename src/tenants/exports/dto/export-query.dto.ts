import { ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsText, Rule } from '../../../common/validation/rules.js';
import { ListTenantsQueryDto } from '../../dto/list-tenants-query.dto.js';
import { type Delimiter, DELIMITERS } from '../csv.js';
import { EXPORT_FORMATS, type ExportFormat } from '../tenant-records.js';

const DELIMITER_NAMES = Object.keys(DELIMITERS);

export class ExportQueryDto extends PickType(ListTenantsQueryDto, [
  'search',
  'status',
]) {
  @ApiPropertyOptional({
    enum: EXPORT_FORMATS,
    default: 'ndjson',
    description: 'Of the file.',
  })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) =>
    EXPORT_FORMATS.some((format) => format === text),
  )
  format: ExportFormat = 'ndjson';

  @ApiPropertyOptional({
    enum: DELIMITER_NAMES,
    default: 'comma',
    description:
      'Between the cells of CSV. A Turkish Excel that opens the file by a double click expects the semicolon.',
  })
  @IsOptional()
  @IsText()
  @Rule('INVALID_FORMAT', (text) => DELIMITER_NAMES.includes(text))
  delimiter: Delimiter = 'comma';
}
