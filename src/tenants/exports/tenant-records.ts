import type { TenantResponseDto } from '../dto/tenant-response.dto.js';
import { BYTE_ORDER_MARK, csvRecord, type Delimiter } from './csv.js';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportLayout {
  format: ExportFormat;
  /** Of CSV. */
  delimiter: Delimiter;
}

/** In the order of the API. */
const COLUMNS = [
  'id',
  'username',
  'business_name',
  'system_prompt',
  'status',
  'openai_api_key_hint',
  'openai_api_key_state',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof TenantResponseDto)[];

/** What stands before the first tenant. */
export function exportHeader({ format, delimiter }: ExportLayout): string {
  return format === 'csv'
    ? BYTE_ORDER_MARK + csvRecord(COLUMNS, delimiter)
    : '';
}

export function exportRecord(
  tenant: TenantResponseDto,
  { format, delimiter }: ExportLayout,
): string {
  return format === 'csv'
    ? csvRecord(
        COLUMNS.map((column) => tenant[column]),
        delimiter,
      )
    : `${JSON.stringify(tenant)}\n`;
}
