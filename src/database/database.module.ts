import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import {
  dataSourceOptions,
  READER,
  type ConnectionRole,
} from './data-source-options.js';
import { ReaderDataSource } from './reader-data-source.js';
import { hardenSqlite } from './sqlite.js';
import { TransactionRunner } from './transaction-runner.js';

@Global()
@Module({
  imports: [connection('writer'), connection('reader', READER)],
  providers: [TransactionRunner],
  exports: [TransactionRunner],
})
export class DatabaseModule {}

function connection(role: ConnectionRole, name?: string) {
  return TypeOrmModule.forRootAsync({
    name,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => ({
      ...dataSourceOptions(config, role),
      retryAttempts: 0,
    }),
    dataSourceFactory: (options) => open(options, role),
  });
}

async function open(
  options: DataSourceOptions | undefined,
  role: ConnectionRole,
): Promise<DataSource> {
  if (options === undefined) throw new Error('no data source options');
  const source =
    role === 'reader' ? new ReaderDataSource(options) : new DataSource(options);
  return hardenSqlite(await source.initialize());
}
