import type { TableColumnOptions } from 'typeorm';

/** Columns that several tables share. */
export const ID: TableColumnOptions = {
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
};

export const CREATED_AT: TableColumnOptions = {
  name: 'created_at',
  type: 'datetime',
  default: 'CURRENT_TIMESTAMP',
};

export const UPDATED_AT: TableColumnOptions = {
  name: 'updated_at',
  type: 'datetime',
  isNullable: true,
};
