import type {
  ColumnType,
  EntityManager,
  ObjectLiteral,
  Repository,
} from 'typeorm';

type Hydrate = (entity: Record<string, unknown>, value: unknown) => void;

/**
 * Reads entities of texts and numbers by SQL that is written once, for what every request asks. TypeORM's own finders
 * compose their SQL, and work out how to read its rows, anew for each call: that takes several times as long as the query.
 */
export class EntityReader<T extends ObjectLiteral> {
  readonly #repository: Repository<T>;
  readonly #entity: new () => T;
  readonly #hydrate: readonly Hydrate[];

  constructor(repository: Repository<T>) {
    const { columns, target } = repository.metadata;
    const other = columns.find(({ type }) => sqlType(type) === undefined);
    if (other !== undefined)
      throw new Error(
        `cannot read ${other.propertyPath}: ${String(other.type)}`,
      );
    this.#repository = repository;
    // All of ours are classes.
    this.#entity = target as new () => T;
    this.#hydrate = columns.map(({ propertyName, transformer }) => {
      const transformers = [transformer ?? []].flat().toReversed();
      return (entity, value) =>
        (entity[propertyName] = transformers.reduce(
          (stored, by) => by.from(stored) as unknown,
          value,
        ));
    });
  }

  /** @param condition SQL behind `WHERE`. */
  async find(
    condition: string,
    params: unknown[],
    manager: EntityManager = this.#repository.manager,
  ): Promise<T[]> {
    const { tableName } = this.#repository.metadata;
    const found = await manager.query<{ entity: string }[]>(
      `SELECT ${this.json(tableName)} AS entity FROM ${tableName} WHERE ${condition}`,
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
   * SQL of a whole row: one JSON array, because the driver takes longer for each of a row's columns than the row takes as
   * JSON. SQLite holds values of any type in any column, and JSON holds no blobs: hence the casts.
   * @param table the entity's, or an alias of it.
   */
  json(table: string): string {
    const values = this.#repository.metadata.columns.map(
      ({ databaseName, type }) =>
        `CAST(${table}.${databaseName} AS ${sqlType(type)})`,
    );
    return `json_array(${values.join(', ')})`;
  }

  /** @param values what `json` has given, parsed. */
  read(values: readonly unknown[]): T {
    const entity = new this.#entity();
    this.#hydrate.forEach((hydrate, index) => hydrate(entity, values[index]));
    return entity;
  }
}

function sqlType(type: ColumnType): 'INTEGER' | 'TEXT' | undefined {
  if (type === Number || type === 'integer') return 'INTEGER';
  return type === 'varchar' || type === 'text' ? 'TEXT' : undefined;
}
