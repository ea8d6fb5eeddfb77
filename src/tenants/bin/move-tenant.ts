import type { EntityManager } from 'typeorm';
import { columnsOf, quoteName } from '../../database/sqlite/table-columns.js';
import { assertWritten } from '../../database/sqlite/refused-writes.js';
import { formatUtc } from '../../database/utc-date.transformer.js';
import { Tenant } from '../tenant.entity.js';
import { tenantWrite } from '../tenant-write.js';
import { DeletedTenant } from './deleted-tenant.entity.js';

/**
 * Moves a row from the living to the bin and back, with the columns that others have added. The database itself copies the
 * values, because an entity would not give them all back as they were: the old application's dates are finer than
 * JavaScript's, and some are no dates at all.
 * @throws WriteRefusedError
 */
export async function moveToBin(
  manager: EntityManager,
  id: number,
): Promise<void> {
  const columns = (await sharedColumns(manager)).map(({ name }) => name);
  const list = columns.map(quoteName).join(', ');
  await tenantWrite(
    manager.query(
      `INSERT INTO deleted_tenants (${list}, deleted_at) SELECT ${list}, $1 FROM tenants WHERE id = $2`,
      [formatUtc(new Date()), id],
    ),
  );
  await assertWritten(manager);
  // Nothing cascades (ADR 21), and what comes back from the bin is not to come back signed in.
  await manager.query('DELETE FROM tenant_sessions WHERE tenant_id = $1', [id]);
  await tenantWrite(manager.delete(Tenant, { id }));
  await assertWritten(manager);
}

/** @throws UsernameTakenError, WriteRefusedError */
export async function moveFromBin(
  manager: EntityManager,
  id: number,
): Promise<void> {
  const columns = await columnsToRestore(manager, id);
  const list = columns.map(quoteName).join(', ');
  await tenantWrite(
    manager.query(
      `INSERT INTO tenants (${list}) SELECT ${list} FROM deleted_tenants WHERE id = $1`,
      [id],
    ),
  );
  await assertWritten(manager);
  await tenantWrite(manager.delete(DeletedTenant, { id }));
  await assertWritten(manager);
}

/** All but those that must hold something and were added after the tenant went in: they take their default. */
async function columnsToRestore(
  manager: EntityManager,
  id: number,
): Promise<string[]> {
  const columns = await sharedColumns(manager);
  const empty = columns.map(({ name }) => `${quoteName(name)} IS NULL`);
  const [row] = await manager.query<[Record<string, number>?]>(
    `SELECT ${empty.map((sql, index) => `${sql} AS c${index}`).join(', ')} FROM deleted_tenants WHERE id = $1`,
    [id],
  );
  return columns
    .filter(({ notNull }, index) => !(notNull && row?.[`c${index}`] === 1))
    .map(({ name }) => name);
}

/** The columns that both tables have, as `tenants` declares them. */
async function sharedColumns(manager: EntityManager) {
  const inBin = await columnsOf(manager, 'deleted_tenants');
  const names = new Set(inBin.map(({ name }) => name.toLowerCase()));
  const columns = await columnsOf(manager, 'tenants');
  return columns.filter(
    ({ name, generated }) =>
      !generated && name !== 'deleted_at' && names.has(name.toLowerCase()),
  );
}
