import { Injectable } from '@nestjs/common';
import {
  HealthIndicatorService,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { AuditTrail } from '../audit/audit-trail.js';

/** Whether changes can be put on record: those that cannot are refused. */
@Injectable()
export class AuditHealth {
  constructor(
    private readonly trail: AuditTrail,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const session = this.indicators.check('audit');
    const state = await this.trail.read().then(
      (trail) => trail.state,
      () => 'damaged',
    );
    return state === 'damaged' ? session.down() : session.up();
  }
}
