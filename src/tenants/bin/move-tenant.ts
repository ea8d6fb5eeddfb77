import type { EntityManager } from 'typeorm';
import { formatUtc } from '../../database/utc-date.transformer.js';
import { refusingTakenNames } from '../refusing-taken-names.js';
import { Tenant } from '../tenant.entity.js';
import { DeletedTenant } from './deleted-tenant.entity.js';

/**
 * Moves a row from the living to the bin and back. The database itself copies the values, because an entity would not give
 * them all back as they were: the old application's dates are finer than JavaScript's, and some are no dates at all.
 */
export async function moveToBin(
  manager: EntityManager,
  id: number,
): Promise<void> {
  const columns = sharedColumns(manager);
  await manager.query(
    `INSERT INTO deleted_tenants (${columns}, deleted_at) SELECT ${columns}, $1 FROM tenants WHERE id = $2`,
    [formatUtc(new Date()), id],
  );
  await manager.delete(Tenant, { id });
}

/** @throws UsernameTakenError */
export async function moveFromBin(
  manager: EntityManager,
  id: number,
): Promise<void> {
  const columns = sharedColumns(manager);
  await refusingTakenNames(
    manager.query(
      `INSERT INTO tenants (${columns}) SELECT ${columns} FROM deleted_tenants WHERE id = $1`,
      [id],
    ),
  );
  await manager.delete(DeletedTenant, { id });
}

/** The columns that both tables have. */
function sharedColumns({ connection }: EntityManager): string {
  return connection
    .getMetadata(DeletedTenant)
    .columns.map(({ databaseName }) => databaseName)
    .filter((name) => name !== 'deleted_at')
    .join(', ');
}
