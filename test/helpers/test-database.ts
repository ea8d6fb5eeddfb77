import sqlite3 from 'sqlite3';

export interface TenantRow {
  id: number;
  username: string;
  password_hash: string;
  openai_api_key: string;
  version: number;
}

/** A connection of its own to a database that the service has open. Parameters may be several or one list, as with sqlite3 itself. */
export class TestDatabase {
  readonly #database: sqlite3.Database;

  constructor(file: string, create?: 'create') {
    const mayCreate = create === undefined ? 0 : sqlite3.OPEN_CREATE;
    this.#database = new sqlite3.Database(
      file,
      sqlite3.OPEN_READWRITE | mayCreate,
    );
    this.#database.configure('busyTimeout', 5_000);
  }

  run(statement: string, ...params: unknown[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#database.run(statement, params.flat(), function done(error) {
        if (error) reject(error);
        else resolve(this.lastID);
      });
    });
  }

  /** Runs any number of statements. */
  exec(statements: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.exec(statements, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  all<Row>(statement: string, ...params: unknown[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#database.all<Row>(statement, params.flat(), (error, rows) => {
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }

  async tenant(id: number): Promise<TenantRow> {
    const [row] = await this.all<TenantRow>(
      'SELECT * FROM tenants WHERE id = ?',
      id,
    );
    if (row === undefined) throw new Error(`there is no tenant ${id}`);
    return row;
  }

  /** A row as the old application writes it: without hashing, rules or a key. @returns its id. */
  insertLegacyTenant(tenant: {
    username: string;
    business_name?: string;
    system_prompt?: string;
  }): Promise<number> {
    return this.run(
      `INSERT INTO tenants (username, password_hash, business_name, openai_api_key, system_prompt, created_at)
       VALUES (?, '', ?, '', ?, '2024-01-02 03:04:05.678901')`,
      tenant.username,
      tenant.business_name ?? 'Eski İşletme',
      tenant.system_prompt ?? 'Eski sistem talimatı',
    );
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.close((error) => (error ? reject(error) : resolve()));
    });
  }
}

/** Opens a connection for the work, and closes it whatever happens. */
export async function withDatabase<T>(
  file: string,
  work: (database: TestDatabase) => Promise<T>,
): Promise<T> {
  const database = new TestDatabase(file);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Runs one statement on a database file, as any other program could, and gives its rows. */
export function sql<Row = Record<string, unknown>>(
  file: string,
  statement: string,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  return withDatabase(file, (database) =>
    database.all<Row>(statement, ...params),
  );
}
