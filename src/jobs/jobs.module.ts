import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { JobLease } from './job-lease.js';
import { Job } from './job.entity.js';
import { Jobs } from './jobs.js';
import { JobsRepository } from './jobs.repository.js';

/** Global, because any feature may have work for later. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Job], READER)],
  providers: [Jobs, JobLease, JobsRepository],
  exports: [Jobs, JobLease, JobsRepository],
})
export class JobsModule {}
