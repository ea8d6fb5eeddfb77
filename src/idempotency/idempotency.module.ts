import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { ForgetOldKeys } from './forget-old-keys.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
import { IdempotencyService } from './idempotency.service.js';

/** Global, because every POST of the API may be repeated. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey], READER)],
  providers: [IdempotencyService, ForgetOldKeys, IdempotencyKeysRepository],
  exports: [IdempotencyService],
})
export class IdempotencyModule {}
