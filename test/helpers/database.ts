import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';

/** A connection of the test's own, beside those of the service. */
export class TestDatabase {
  private constructor(private readonly connection: sqlite3.Database) {}

  static async open(file: string): Promise<TestDatabase> {
    const connection = new sqlite3.Database(file, sqlite3.OPEN_READWRITE);
    await once(connection, 'open');
    connection.configure('busyTimeout', 5_000);
    return new TestDatabase(connection);
  }

  all<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.connection.all<T>(sql, params, (error, rows) =>
        error === null ? resolve(rows) : reject(error),
      );
    });
  }

  /** Runs any number of statements. */
  exec(sql: string): Promise<void> {
    return promisify(this.connection.exec.bind(this.connection, sql))();
  }

  close(): Promise<void> {
    return promisify(this.connection.close.bind(this.connection))();
  }
}

export async function withDatabase<T>(
  file: string,
  work: (database: TestDatabase) => Promise<T>,
): Promise<T> {
  const database = await TestDatabase.open(file);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

export function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
