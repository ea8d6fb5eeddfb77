import sqlite3 from 'sqlite3';

/** Runs one statement on a database file, as any other program could, and gives its rows. */
export function sql<Row = Record<string, unknown>>(
  file: string,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, sqlite3.OPEN_READWRITE);
    database.configure('busyTimeout', 5_000);
    database.all<Row>(statement, parameters, (failure, rows) => {
      database.close((closing) =>
        failure || closing ? reject(failure ?? closing) : resolve(rows),
      );
    });
  });
}
