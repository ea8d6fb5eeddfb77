import { parseDatabaseUrl } from '../config/database-url.js';
import { Env } from '../config/env.dto.js';
import { readEnvironment } from '../config/env-file.js';
import { sizeOf } from '../database/sqlite/copy-to-new-file.js';
import { OperatorError } from '../startup/exit-codes.js';

/**
 * For commands that a new database is no use for: in a wrong folder they would make an empty one, and pass for done.
 * Asked before all else, because there a missing key is no fault, and a new one no mending.
 * @throws OperatorError when there is no database.
 */
export function assertDatabaseExists(): void {
  const path = databasePath();
  if (path !== undefined && sizeOf(path) === 0)
    throw new OperatorError(
      `Veritabanı yok: ${path}\nDATABASE_URL değişkenini ve çalışma klasörünü denetleyin.`,
    );
}

/** Undefined where the address is bad, which `loadConfig` tells together with all else that is. */
function databasePath(): string | undefined {
  const { DATABASE_URL } = readEnvironment();
  try {
    return parseDatabaseUrl(DATABASE_URL ?? new Env().DATABASE_URL).path;
  } catch {
    return undefined;
  }
}
