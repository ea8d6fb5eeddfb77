import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { parseUtc, utcDate } from '../../database/utc-date.transformer.js';
import { TenantColumns } from '../tenant-columns.js';

const DAY_MS = 86_400_000;
export const DAYS_IN_BIN = 30;

/** What is no date counts as the oldest, so that one damaged row does not make the whole bin unreadable. */
const deletionDate: ValueTransformer = {
  ...utcDate,
  from: (stored: unknown) => parseUtc(stored) ?? new Date(0),
};

/** A tenant in the bin: it keeps its id, so its encrypted key stays at the place that it is sealed for. */
@Entity('deleted_tenants')
export class DeletedTenant extends TenantColumns {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({
    type: 'varchar',
    name: 'deleted_at',
    transformer: deletionDate,
  })
  deletedAt: Date;
}

/** When a tenant that was deleted at a time is gone for good. */
export function purgeDate(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + DAYS_IN_BIN * DAY_MS);
}

/** Tenants that were deleted at this time or before are gone for good now. */
export function oldestInBin(now: Date): Date {
  return new Date(now.getTime() - DAYS_IN_BIN * DAY_MS);
}
