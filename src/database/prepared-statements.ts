import { LRUCache } from 'lru-cache';
import sqlite3 from 'sqlite3';

/** More than the application has of its own; what was composed for one occasion drops out again. */
const MOST_KEPT = 200;

/** In characters. Longer ones list values, and hardly come a second time. */
const LONGEST_KEPT = 4_000;

/** What returns rows is not among the writes: `run` takes one step, and would leave it and its transaction unfinished. */
const KEPT = {
  all: /^(?:SELECT|WITH|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/i,
  run: /^(?:INSERT|UPDATE|DELETE)\b(?!.*\bRETURNING\b)/is,
};

/**
 * A connection that keeps the statements that it has prepared. The driver prepares and finalizes one for each call, which
 * takes as long as most of our queries themselves.
 */
export class PreparingDatabase extends sqlite3.Database {
  readonly #statements = new LRUCache<string, sqlite3.Statement>({
    max: MOST_KEPT,
    dispose: (statement) => void statement.finalize(),
  });
  readonly #beingPrepared = new Set<string>();
  #isOpen = true;

  override all(sql: string, ...rest: unknown[]): this {
    const statement = this.#statement('all', sql);
    if (statement === undefined) return super.all(sql, ...rest);
    statement.all(...rest);
    return this;
  }

  override run(sql: string, ...rest: unknown[]): this {
    const statement = this.#statement('run', sql);
    if (statement === undefined) return super.run(sql, ...rest);
    statement.run(...rest);
    return this;
  }

  override close(callback?: (error: Error | null) => void): void {
    this.#isOpen = false;
    this.#statements.clear();
    super.close(callback);
  }

  #statement(
    method: keyof typeof KEPT,
    sql: string,
  ): sqlite3.Statement | undefined {
    const statement = this.#statements.get(sql);
    if (
      statement === undefined &&
      sql.length <= LONGEST_KEPT &&
      KEPT[method].test(sql)
    )
      this.#prepareForLater(sql);
    return statement;
  }

  /** A statement that cannot be prepared never answers its callers, so it is used only when it is known that it can. */
  #prepareForLater(sql: string): void {
    if (this.#beingPrepared.has(sql)) return;
    this.#beingPrepared.add(sql);
    const statement = this.prepare(sql, (error: Error | null) => {
      this.#beingPrepared.delete(sql);
      if (error !== null) return;
      if (this.#isOpen) this.#statements.set(sql, statement);
      else statement.finalize();
    });
  }
}
