import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../../config/config.error.js';

/**
 * SQLite writes the database and, beside it, its log.
 * @throws ConfigError when it could not.
 */
export function assertWritable(file: string): void {
  if (!isWritable(dirname(file)))
    throw refusal('veritabanının klasörüne yazılamıyor');
  if (existsSync(file) && !isWritable(file))
    throw refusal('veritabanı dosyasına yazılamıyor');
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refusal(reason: string): ConfigError {
  return new ConfigError([
    {
      variable: 'DATABASE_URL',
      reason,
      hint: 'Uygulamayı çalıştıran kullanıcıya yazma izni verin ya da başka bir yer gösterin.',
    },
  ]);
}
