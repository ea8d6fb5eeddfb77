import type {
  ColumnType,
  EntityManager,
  ObjectLiteral,
  Repository,
  ValueTransformer,
} from 'typeorm';
import type { SizedId } from '../common/in-pieces.js';

/** In characters. Columns of so few hold what the application makes itself, such as codes and MACs. */
const MAX_SHORT_TEXT = 64;

interface Column<T> {
  property: keyof T & string;
  name: string;
  type: 'INTEGER' | 'TEXT';
  mayBeLong: boolean;
  transformer?: ValueTransformer;
}

/**
 * A table of texts and numbers, by SQL that is written once, for what most requests do. TypeORM's own finders and builders
 * compose their SQL, with numbers in its text, and work out how to read rows anew for each call: that takes several times as
 * long as the query, and what they compose is never prepared twice alike.
 */
export class TableGateway<T extends ObjectLiteral> {
  readonly #repository: Repository<T>;
  readonly #entity: new () => T;
  readonly #table: string;
  readonly #key: string;
  readonly #columns: readonly Column<T>[];
  /** By condition, which are few. */
  readonly #queries = new Map<string, string>();

  constructor(repository: Repository<T>) {
    const { columns, primaryColumns, tableName, target } = repository.metadata;
    this.#repository = repository;
    // All of ours are classes.
    this.#entity = target as new () => T;
    this.#table = tableName;
    this.#key = primaryColumns.map(({ databaseName }) => databaseName).join();
    this.#columns = columns.map(
      ({
        databaseName,
        length,
        propertyName,
        propertyPath,
        transformer,
        type,
      }) => {
        if (Array.isArray(transformer))
          throw new Error(`${propertyPath} has several transformers`);
        const sql = sqlType(type, propertyPath);
        return {
          property: propertyName,
          name: databaseName,
          type: sql,
          mayBeLong:
            sql === 'TEXT' &&
            transformer === undefined &&
            (length === '' || Number(length) > MAX_SHORT_TEXT),
          transformer,
        };
      },
    );
  }

  /**
   * @param condition SQL behind `WHERE`, one of a few: values go into `params`.
   * @param manager of a transaction: the rows stay as they are until it ends.
   */
  async find(
    condition: string,
    params: unknown[],
    manager: EntityManager = this.#repository.manager,
  ): Promise<T[]> {
    const found = await manager.query<{ entity: string }[]>(
      this.#query(condition),
      params,
    );
    return found.map(({ entity }) =>
      this.read(JSON.parse(entity) as unknown[]),
    );
  }

  async findOne(
    condition: string,
    params: unknown[],
    manager?: EntityManager,
  ): Promise<T | null> {
    const [found] = await this.find(condition, params, manager);
    return found ?? null;
  }

  /**
   * @param key of a row whose primary key is one column.
   * @param changes what is undefined stays as it is.
   */
  async update(
    manager: EntityManager,
    key: string | number,
    changes: Partial<T>,
  ): Promise<void> {
    const columns = this.#columns.filter(
      ({ property }) => changes[property] !== undefined,
    );
    if (columns.length === 0) return;
    await manager.query(
      `UPDATE ${this.#table} SET ${columns.map(({ name }) => `${name} = ?`).join(', ')} WHERE ${this.#key} = ?`,
      [...columns.map((column) => stored(column, changes)), key],
    );
  }

  async insertAll(manager: EntityManager, rows: readonly T[]): Promise<void> {
    const names = this.#columns.map(({ name }) => name).join(', ');
    const places = this.#columns.map(() => '?').join(', ');
    await manager.query(
      `INSERT INTO ${this.#table} (${names}) VALUES ${rows.map(() => `(${places})`).join(', ')}`,
      rows.flatMap((row) => this.#columns.map((column) => stored(column, row))),
    );
  }

  /**
   * SQL of a whole row: one JSON array, because the driver takes longer for each of a row's columns than the row takes as
   * JSON. SQLite holds values of any type in any column, and JSON holds no blobs: hence the casts.
   * @param table the entity's, or an alias of it.
   * @param without texts that are left empty, because nobody is going to read them.
   */
  json(table: string, without: readonly (keyof T)[] = []): string {
    const values = this.#columns.map(({ property, name, type }) =>
      without.includes(property) ? "''" : `CAST(${table}.${name} AS ${type})`,
    );
    return `json_array(${values.join(', ')})`;
  }

  /** SQL of how many bytes the texts of a row have, those that are always short left out; SQLite knows it without reading them. */
  bytes(table: string): string {
    return this.#columns
      .filter(({ mayBeLong }) => mayBeLong)
      .map(({ name }) => `ifnull(octet_length(${table}.${name}), 0)`)
      .join(' + ');
  }

  /** Ids and sizes of rows whose key is a number, as `inPieces` takes them. */
  async findSizes(condition: string, params: unknown[]): Promise<SizedId[]> {
    return this.#repository.query<SizedId[]>(
      `SELECT ${this.#key} AS id, ${this.bytes(this.#table)} AS bytes FROM ${this.#table} WHERE ${condition}`,
      params,
    );
  }

  /** @param values what `json` has given, parsed. */
  read(values: readonly unknown[]): T {
    const entity: Record<string, unknown> = new this.#entity();
    this.#columns.forEach(({ property, transformer }, index) => {
      const value = values[index];
      entity[property] =
        transformer === undefined
          ? value
          : (transformer.from(value) as unknown);
    });
    // Every property that is a column is set.
    return entity as T;
  }

  #query(condition: string): string {
    const known = this.#queries.get(condition);
    if (known !== undefined) return known;
    const query = `SELECT ${this.json(this.#table)} AS entity FROM ${this.#table} WHERE ${condition}`;
    this.#queries.set(condition, query);
    return query;
  }
}

function stored<T>(
  { property, transformer }: Column<T>,
  entity: Partial<T>,
): unknown {
  const value = entity[property];
  return transformer === undefined ? value : transformer.to(value);
}

/** @throws Error for types that would have to be converted. */
function sqlType(type: ColumnType, property: string): 'INTEGER' | 'TEXT' {
  if (type === Number || type === 'integer') return 'INTEGER';
  if (type === 'varchar' || type === 'text') return 'TEXT';
  throw new Error(`${property} is neither text nor number`);
}
