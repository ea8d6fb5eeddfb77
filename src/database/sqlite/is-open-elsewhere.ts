import sqlite3 from 'sqlite3';

/**
 * Whether another connection has a SQLite file in WAL mode open, which each of them shares a lock on for as long as it has:
 * only who is alone gets it exclusively. Nothing is changed.
 * @param path of a file that is there; no connection of this process may be open.
 */
export async function isOpenElsewhere(path: string): Promise<boolean> {
  const database = await open(path);
  try {
    await execute(database, 'PRAGMA locking_mode = EXCLUSIVE');
    await execute(database, 'BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      if (error.code === 'SQLITE_BUSY') return true;
    throw error;
  } finally {
    await new Promise((resolve) => database.close(resolve));
  }
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(
      path,
      sqlite3.OPEN_READWRITE,
      (error) => (error === null ? resolve(database) : reject(error)),
    );
  });
}

function execute(database: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    database.exec(sql, (error) => (error === null ? resolve() : reject(error)));
  });
}
