import { LRUCache } from 'lru-cache';
import sqlite3 from 'sqlite3';

/** More than the application has of its own; what is composed anew each time comes no second time. */
const MAX_KEPT = 300;
const MAX_SEEN = 1_000;

/** In characters. Longer ones are of many rows, which share what it takes to prepare them. */
const MAX_KEPT_LENGTH = 4_000;

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
    max: MAX_KEPT,
    dispose: (statement) => void statement.finalize(),
  });
  /** Asked for once; the second time they are worth to be kept. */
  readonly #seen = new LRUCache<string, true>({ max: MAX_SEEN });
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
      sql.length <= MAX_KEPT_LENGTH &&
      KEPT[method].test(sql)
    )
      this.#prepareForLater(sql);
    return statement;
  }

  /** A statement that cannot be prepared never answers its callers, so it is used only when it is known that it can. */
  #prepareForLater(sql: string): void {
    if (!this.#seen.has(sql)) {
      this.#seen.set(sql, true);
      return;
    }
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
