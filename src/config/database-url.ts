import { lstatSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileAt } from './file-at.js';

const UNREACHABLE = 'gösterdiği yere erişilemiyor';

export interface SqliteDatabase {
  type: 'sqlite';
  /** Absolute path of the database file. */
  path: string;
  /** Set by commands that only read. */
  readOnly?: true;
}

const SQLITE_URL = /^sqlite(?:\+\w+)?:\/\/(\/.+)$/;

/**
 * Reads a SQLAlchemy-style URL (https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite):
 * three slashes and a path relative to the working directory, or four and an absolute one.
 * A `+driver` suffix and a query string are dropped, as both speak to Python's driver.
 * @throws Error with a Turkish reason that does not repeat the value.
 */
export function parseDatabaseUrl(value: string): SqliteDatabase {
  if (/^postgres(?:ql)?(?:\+\w+)?:/.test(value)) {
    throw new Error(
      'PostgreSQL bu sürümde desteklenmiyor; sqlite:///dosya.db biçiminde bir adres verin',
    );
  }
  const match = SQLITE_URL.exec(value.split('?', 1)[0] ?? '');
  if (!match?.[1]) throw new Error('sqlite:///dosya.db biçiminde olmalı');
  const path = match[1].slice(1);
  if (path === ':memory:')
    throw new Error(
      'bellekte tutulan veritabanı desteklenmiyor; bir dosya yolu verin',
    );
  if (path.includes('\0') || path.endsWith('/'))
    throw new Error('bir dosya yolu göstermeli');
  return { type: 'sqlite', path: checkFile(resolve(path)) };
}

function checkFile(path: string): string {
  if (['', '.', '..'].includes(basename(path)))
    throw new Error('bir dosya yolu göstermeli');
  if (!fileAt(dirname(path), UNREACHABLE)?.isDirectory()) {
    throw new Error(
      'veritabanı dosyasının klasörü yok; klasörü oluşturun ya da adresi düzeltin',
    );
  }
  const file = fileAt(path, UNREACHABLE);
  if (
    file === undefined &&
    lstatSync(path, { throwIfNoEntry: false }) !== undefined
  )
    throw new Error(
      'var olmayan bir dosyaya giden bir bağlantı; bağlantıyı düzeltin ya da silin',
    );
  if (file !== undefined && !file.isFile()) throw new Error('bir dosya değil');
  return path;
}
