import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import { AppConfig } from '../config/app-config.js';

/** Requests per minute and token, where the operator has set a limit. */
@Injectable()
export class ApiRateLimiter {
  readonly #limiter: RateLimiterMemory | undefined;

  constructor({ apiRequestsPerMinute: points }: AppConfig) {
    this.#limiter =
      points > 0 ? new RateLimiterMemory({ points, duration: 60 }) : undefined;
  }

  /** @throws TooManyRequestsError */
  async consume(tokenId: string): Promise<void> {
    try {
      await this.#limiter?.consume(tokenId);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes)
        throw new TooManyRequestsError(refusal.msBeforeNext / 1000);
      throw refusal;
    }
  }
}
