import { Global, Module } from '@nestjs/common';
import { BodyBudget } from './body-budget.js';
import { LongAnswers } from './long-answers.js';

/** Global, because what it bounds is one for all routes. */
@Global()
@Module({
  providers: [BodyBudget, LongAnswers],
  exports: [BodyBudget, LongAnswers],
})
export class HttpModule {}
