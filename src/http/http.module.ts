import { Global, Module } from '@nestjs/common';
import { LongAnswers } from './long-answers.js';

/** Global, because what it bounds is one for all routes. */
@Global()
@Module({ providers: [LongAnswers], exports: [LongAnswers] })
export class HttpModule {}
