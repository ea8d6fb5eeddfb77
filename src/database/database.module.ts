import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AppConfig } from '../config/app-config.js';
import {
  dataSourceOptions,
  READER,
  type ConnectionRole,
} from './data-source-options.js';
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
    dataSourceFactory: open,
  });
}

async function open(options?: DataSourceOptions): Promise<DataSource> {
  if (options === undefined) throw new Error('no data source options');
  return hardenSqlite(await new DataSource(options).initialize());
}
