import { DataSource, QueryFailedError } from 'typeorm';

/** What the driver's connection has of use here. */
interface Connection {
  all(
    sql: string,
    parameters: unknown[],
    done: (error: Error | null, rows: unknown) => void,
  ): void;
}

/**
 * A connection that has no transactions: a query goes to the driver as it is. TypeORM makes a query runner for each one, and
 * some ten promises that the audit's context has to follow (docs/adr/0013-table-gateway.md).
 */
export class ReaderDataSource extends DataSource {
  /**
   * @returns the rows.
   * @throws QueryFailedError as TypeORM does.
   */
  override query<T>(
    ...[sql, parameters = [], runner]: Parameters<DataSource['query']>
  ): Promise<T> {
    if (runner !== undefined || !this.isInitialized)
      return super.query<T>(sql, parameters, runner);
    const { databaseConnection } = this.driver as unknown as {
      databaseConnection: Connection;
    };
    return new Promise((resolve, reject) => {
      databaseConnection.all(sql, parameters as unknown[], (error, rows) =>
        error === null
          ? resolve(rows as T)
          : reject(new QueryFailedError(sql, parameters, error)),
      );
    });
  }
}
