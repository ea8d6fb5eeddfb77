import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Maintenance } from '../maintenance/maintenance.js';
import { IdempotencyService } from './idempotency.service.js';

/** The chore that forgets answers which nobody may ask for any more. */
@Injectable()
export class ForgetOldKeys implements OnModuleInit {
  constructor(
    private readonly maintenance: Maintenance,
    private readonly idempotency: IdempotencyService,
  ) {}

  onModuleInit(): void {
    this.maintenance.add('forget idempotency keys', () =>
      this.idempotency.forgetOld(),
    );
  }
}
