import type { DataSource } from 'typeorm';
import { DeletedTenant } from '../../tenants/bin/deleted-tenant.entity.js';
import { type DatabaseFault, listed, refuseIfAny } from './faults.js';
import { faultsOfIndexes, indexesOf } from './indexes.js';
import { columnsOf } from '../../database/sqlite/table-columns.js';
import { LEGACY_COLUMNS, without } from './legacy-columns.js';
import { rehearse } from './rehearse.js';
import { faultsOfRows } from './rows.js';
import { faultsOfNames } from './taken-names.js';
import { faultsOfTriggers, triggersOf } from './triggers.js';

/**
 * Judges whether a database of the old application can be adopted without losing anything, reading alone.
 * @returns every encrypted value in it.
 * @throws ConfigError that names each column, row, table or rule in the way.
 */
export async function inspectLegacy(source: DataSource): Promise<string[]> {
  refuseIfAny(await faultsOfTable(source));
  const columns = await columnsOf(source, 'tenants');
  const extras = without(columns, LEGACY_COLUMNS);
  const ours = source
    .getMetadata(DeletedTenant)
    .columns.map(({ databaseName }) => databaseName);
  refuseIfAny([
    ...extras.flatMap((column) => faultsOfExtra(column, ours)),
    ...faultsOfIndexes(await indexesOf(source), extras),
    ...(await faultsOfTriggers(source, await triggersOf(source))),
    ...(await faultsOfRows(source)),
    ...(await faultsOfNames(source)),
  ]);
  refuseIfAny(await rehearse(source));
  const rows = await source.query<{ token: string }[]>(
    "SELECT CAST(openai_api_key AS TEXT) AS token FROM tenants WHERE openai_api_key <> ''",
  );
  return rows.map(({ token }) => token);
}

async function faultsOfTable(source: DataSource): Promise<DatabaseFault[]> {
  const [table] = await source.query<{ type: string; sql: string }[]>(
    "SELECT type, sql FROM sqlite_master WHERE lower(name) = 'tenants'",
  );
  if (table?.type !== 'table' || /^create\s+virtual/i.test(table.sql))
    return [
      {
        reason: 'tenants bir tablo değil (görünüm ya da sanal tablo)',
        hint: 'Eski uygulamanın kendi veritabanı dosyasını gösterin.',
      },
    ];
  const columns = await columnsOf(source, 'tenants');
  const names = columns.map(({ name }) => name.toLowerCase());
  const missing = LEGACY_COLUMNS.filter((name) => !names.includes(name));
  return missing.length === 0
    ? []
    : [
        {
          reason: `tenants tablosunun sütunları beklenenden farklı; eksik: ${listed(missing)}`,
          hint: 'Eski uygulamanın kendi veritabanı dosyasını gösterin.',
        },
      ];
}

function faultsOfExtra(
  column: {
    name: string;
    notNull: boolean;
    default: string | null;
    generated: boolean;
  },
  ours: readonly string[],
): DatabaseFault[] {
  const { name } = column;
  const refused = (reason: string, hint: string): DatabaseFault[] => [
    { reason: `tenants tablosunun ${name} sütunu ${reason}`, hint },
  ];
  if (ours.includes(name.toLowerCase()))
    return refused(
      'bu uygulamanın kullandığı bir adı taşıyor',
      'Sütunun adını değiştirin (ALTER TABLE tenants RENAME COLUMN).',
    );
  if (column.generated)
    return refused(
      'hesaplanan bir sütun; taşınamaz',
      'Sütunu kaldırın (ALTER TABLE tenants DROP COLUMN) ya da bir görünüme çevirin.',
    );
  if (column.notNull && column.default === null)
    return refused(
      'zorunlu (NOT NULL) ve varsayılan değeri yok; yeni müşteri kaydedilemezdi',
      'Sütuna bir varsayılan değer verin ya da boş bırakılabilir yapın.',
    );
  return [];
}
