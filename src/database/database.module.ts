import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import {
  dataSourceOptions,
  READER,
  type ConnectionRole,
  type Schema,
} from './data-source-options.js';
import { DatabaseFiles } from './sqlite/database-files.js';
import { ReaderDataSource } from './sqlite/reader-data-source.js';
import { hardenSqlite } from './sqlite/sqlite.js';
import { Storage } from './sqlite/storage.js';
import { WriteProbe } from './sqlite/write-probe.js';
import { WriterLane } from './sqlite/writer-lane.js';
import { TransactionRunner } from './transaction-runner.js';

@Global()
@Module({
  providers: [
    DatabaseFiles,
    Storage,
    { provide: TransactionRunner, useClass: WriterLane },
    WriteProbe,
  ],
  exports: [TransactionRunner, WriteProbe],
})
export class DatabaseModule {
  static forRoot(schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        connection(schema, 'writer'),
        connection(schema, 'reader', READER),
      ],
    };
  }
}

function connection(schema: Schema, role: ConnectionRole, name?: string) {
  return TypeOrmModule.forRootAsync({
    name,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => ({
      ...dataSourceOptions(config, role, schema),
      retryAttempts: 0,
      extra: { readOnly: config.database.readOnly ?? false } satisfies Extra,
    }),
    dataSourceFactory: (options) => open(options, role),
  });
}

interface Extra {
  readOnly: boolean;
}

async function open(
  options: DataSourceOptions | undefined,
  role: ConnectionRole,
): Promise<DataSource> {
  if (options === undefined) throw new Error('no data source options');
  const source =
    role === 'reader' ? new ReaderDataSource(options) : new DataSource(options);
  await hardenSqlite(await source.initialize());
  // Not opened read-only: such a connection cannot clear the log away that it makes.
  const { readOnly } = options.extra as Extra;
  if (readOnly) await source.query('PRAGMA query_only = ON');
  return source;
}
