import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { formatUtc } from '../../database/utc-date.transformer.js';

/** Each answer comes from an index or a handful of rows, however many tenants there are. */
@Injectable()
export class TenantsOverviewRepository {
  constructor(@InjectDataSource(READER) private readonly reader: DataSource) {}

  async countByStatus(): Promise<Map<string, number>> {
    const rows = await this.reader.query<{ status: string; tenants: number }[]>(
      'SELECT status, tenants FROM tenant_counts',
    );
    return new Map(rows.map(({ status, tenants }) => [status, tenants]));
  }

  /** Rows with a key, for each key id that they name; null where they name none. */
  async countByKid(): Promise<{ kid: string | null; tenants: number }[]> {
    return this.reader.query(
      `SELECT openai_api_key_kid AS kid, count(*) AS tenants FROM tenants WHERE openai_api_key_kid IS NOT NULL GROUP BY 1
       UNION ALL SELECT NULL, count(*) FROM tenants WHERE openai_api_key_kid IS NULL AND openai_api_key <> ''`,
    );
  }

  /** How many were created from each of these dates on until the next. The last one only ends the last but one. */
  async countCreatedBetween(bounds: readonly Date[]): Promise<number[]> {
    const stored = bounds.map(toSeconds);
    const counts = await this.reader.query<{ tenants: number }[]>(
      stored
        .slice(1)
        .map(
          () =>
            'SELECT count(*) AS tenants FROM tenant_search WHERE created_at >= ? AND created_at < ?',
        )
        .join(' UNION ALL '),
      stored.slice(1).flatMap((end, index) => [stored[index], end]),
    );
    return counts.map(({ tenants }) => tenants);
  }
}

/** Without a fraction a stored date is less than with one, even with `.000000`. */
function toSeconds(date: Date): string {
  return formatUtc(date).slice(0, 'YYYY-MM-DD HH:MM:SS'.length);
}
