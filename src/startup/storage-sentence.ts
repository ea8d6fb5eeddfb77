import { driverErrorCode } from '../database/query-errors.js';

const FULL =
  'Diske yazılamıyor ya da diskten okunamıyor: disk dolu ya da arızalı olabilir. Yer açın, diski denetleyin ve yeniden deneyin.';
const CLOSED =
  'Veritabanı dosyası açılamıyor ya da ona yazılamıyor; dosya izinlerini ve diski denetleyip yeniden deneyin.';
const BUSY =
  'Veritabanı şu anda başka bir program tarafından kullanılıyor (eski uygulama hâlâ çalışıyor olabilir); o programı durdurup yeniden deneyin.';
const DAMAGED = 'Veritabanı dosyası bozuk; yedeği geri koyun.';

const SENTENCES: Partial<Record<string, string>> = {
  SQLITE_FULL: FULL,
  SQLITE_IOERR: FULL,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EIO: FULL,
  // What libuv has no name for, a file that grew too large among it.
  UNKNOWN: FULL,
  SQLITE_CANTOPEN: CLOSED,
  SQLITE_READONLY: CLOSED,
  SQLITE_PERM: CLOSED,
  EROFS: CLOSED,
  SQLITE_BUSY: BUSY,
  SQLITE_LOCKED: BUSY,
  SQLITE_PROTOCOL: BUSY,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: DAMAGED,
};

/** What to tell an operator of an error of the disk or of the database file; undefined for any other error. */
export function storageSentence(error: unknown): string | undefined {
  const code = driverErrorCode(error) ?? nodeCode(error);
  return code === undefined ? undefined : SENTENCES[code];
}

function nodeCode(error: unknown): string | undefined {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : undefined;
}
