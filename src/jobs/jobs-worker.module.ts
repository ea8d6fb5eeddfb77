import { Module } from '@nestjs/common';
import { JobRunner } from './job-runner.js';

/** Where jobs are done. */
@Module({ providers: [JobRunner] })
export class JobsWorkerModule {}
