import type { DataSource } from 'typeorm';
import { columnsOf, quoteName } from '../../database/sqlite/table-columns.js';
import { declareType, without } from './legacy-columns.js';

/**
 * Gives the bin the columns that somebody has added to `tenants`, so that a tenant comes out of it as it went in.
 * Looked after at each start, because a column may be added at any time.
 */
export async function extendBin(source: DataSource): Promise<void> {
  for (const { name, type } of await lackingInBin(source))
    // Nullable and without a default: tenants are in the bin already that never had it.
    await source.query(
      `ALTER TABLE deleted_tenants ADD COLUMN ${quoteName(name)} ${declareType(type)}`,
    );
}

/** Columns of `tenants` that the bin has no place for. */
export async function lackingInBin(source: DataSource) {
  const inBin = await columnsOf(source, 'deleted_tenants');
  const names = inBin.map(({ name }) => name);
  const extras = without(await columnsOf(source, 'tenants'), names);
  return extras.filter(({ generated }) => !generated);
}
