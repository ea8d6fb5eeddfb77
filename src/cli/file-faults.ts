const FAULTS: Record<string, string> = {
  ENOENT: 'klasör yok',
  ENOTDIR: 'klasör yok',
  EACCES: 'buraya yazma yetkisi yok',
  EPERM: 'buraya yazma yetkisi yok',
  EROFS: 'buraya yazma yetkisi yok',
  ENOSPC: 'diskte yer yok',
  EDQUOT: 'diskte yer yok',
  ENAMETOOLONG: 'ad çok uzun',
  ELOOP: 'bağlantılar birbirini gösteriyor',
  EIO: 'disk hatası',
  SQLITE_FULL: 'diskte yer yok',
  SQLITE_IOERR: 'disk hatası',
  SQLITE_CANTOPEN: 'dosya açılamıyor',
  SQLITE_BUSY: 'veritabanı meşgul, sonra yeniden deneyin',
  SQLITE_CORRUPT: 'veritabanı dosyası bozuk',
};

/** Why a file could not be written; undefined for what an operator cannot be told in a line. */
export function writeFault(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return FAULTS[String(code)];
}
