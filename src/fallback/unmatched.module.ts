import { Module } from '@nestjs/common';
import { UnmatchedController } from './unmatched.controller.js';

/** Its own module, because routes are registered in the order of imports and this one has to be last. */
@Module({ controllers: [UnmatchedController] })
export class UnmatchedModule {}
