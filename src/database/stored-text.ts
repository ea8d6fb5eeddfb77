import type { ValueTransformer } from 'typeorm';

/**
 * SQLite keeps values of any type in any column, and the old application's driver wrote bytes as BLOBs. What is a text to
 * one reader must not be a Buffer to the next, or they judge one row differently.
 * @returns SQL that reads a column as text.
 */
export function storedText(column: string): string {
  return `CAST(${column} AS TEXT)`;
}

/** The same for a property of an entity. */
export const textTransformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (stored: unknown) =>
    Buffer.isBuffer(stored) || typeof stored === 'number'
      ? stored.toString()
      : stored,
};
