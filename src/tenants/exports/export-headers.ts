import type { ExportFormat } from './tenant-records.js';

const TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
};

/** Of an answer that a browser saves under a name with the day in it. */
export function exportHeaders(
  format: ExportFormat,
  now = new Date(),
): Record<string, string> {
  return {
    'Content-Type': `${TYPES[format]}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${exportFileName(format, now)}"`,
  };
}

export function exportFileName(format: ExportFormat, now = new Date()): string {
  return `musteriler-${now.toISOString().slice(0, 10)}.${format}`;
}
