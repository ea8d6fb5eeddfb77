import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../common/i18n/locale.js';
import type { ReportedRow } from '../reported-row.js';
import {
  ROW_FAULT_CODES,
  type RowFault,
  rowFaultMessage,
} from '../row-fault.js';
import { ROW_STATES, type RowState } from '../tenant-import-row.entity.js';
import { ImportResponseDto } from './import-response.dto.js';

export class ImportRowProblemDto {
  @ApiProperty({
    description: 'RFC 6901 JSON pointer into the line; empty for all of it.',
    example: '/username',
  })
  pointer: string;

  @ApiProperty({ enum: ROW_FAULT_CODES, example: 'USERNAME_TAKEN' })
  code: RowFault['code'];

  @ApiProperty({ example: 'Bu kullanıcı adı zaten kullanılıyor.' })
  message: string;
}

export class ImportRowResponseDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Line of the file, counted from 1; blank lines count.',
    example: 3,
  })
  line: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null when the line has no valid one.',
    example: 'gunes_dis',
  })
  username: string | null;

  @ApiProperty({
    enum: ROW_STATES,
    description:
      '`valid` in a dry run: would be added. `cancelled`: its import was, before it came to this row.',
    example: 'failed',
  })
  state: RowState;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    nullable: true,
    description: 'The tenant that was added.',
    example: null,
  })
  tenant_id: number | null;

  @ApiProperty({ type: [ImportRowProblemDto] })
  errors: ImportRowProblemDto[];
}

export class ImportReportDto extends ImportResponseDto {
  @ApiProperty({ type: [ImportRowResponseDto] })
  rows: ImportRowResponseDto[];
}

export function toImportReport(
  job: ImportResponseDto,
  rows: readonly ReportedRow[],
  locale: Locale,
): ImportReportDto {
  return {
    ...job,
    rows: rows.map((row) => toImportRowResponse(row, locale)),
  };
}

export function toImportRowResponse(
  { line, username, state, tenantId, faults }: ReportedRow,
  locale: Locale,
): ImportRowResponseDto {
  return {
    line,
    username,
    state,
    tenant_id: tenantId,
    errors: faults.map((fault) => ({
      pointer: fault.pointer,
      code: fault.code,
      message: rowFaultMessage(locale, fault),
    })),
  };
}
