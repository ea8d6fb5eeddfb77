import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import { foldUsername } from '../common/validation/credential-fields.js';

const ACCOUNT_WINDOW_SECONDS = 15 * 60;
const FREE_TRIES = 5;
const MOST_TRIES = 20;
const ADDRESS_WINDOW_SECONDS = 60;
const TRIES_PER_ADDRESS = 20;
const LONGEST_USERNAME = 100;

/**
 * Slows guessing down. Tries are counted before the password is checked, so that parallel guesses count too,
 * and given back after a success.
 * An account has 5 free tries in 15 minutes, then the wait doubles with each, up to the end of the 15 minutes; an address has 20 a minute.
 */
@Injectable()
export class SignInLimiter {
  readonly #accountTries = new RateLimiterMemory({
    keyPrefix: 'tries',
    points: MOST_TRIES,
    duration: ACCOUNT_WINDOW_SECONDS,
  });
  readonly #accountWaits = new RateLimiterMemory({
    keyPrefix: 'wait',
    points: 1,
    duration: ACCOUNT_WINDOW_SECONDS,
  });
  readonly #addresses = new RateLimiterMemory({
    keyPrefix: 'address',
    points: TRIES_PER_ADDRESS,
    duration: ADDRESS_WINDOW_SECONDS,
  });

  /** @throws TooManyRequestsError when this account or address has to wait. */
  async beforeTry(username: string, address: string): Promise<void> {
    const account = accountOf(username);
    const waiting = await this.#accountWaits.get(account);
    if (waiting !== null && waiting.msBeforeNext > 0)
      throw new TooManyRequestsError(waiting.msBeforeNext / 1000);
    const fromAddress = await this.#addresses.penalty(network(address));
    if (fromAddress.consumedPoints > TRIES_PER_ADDRESS)
      throw new TooManyRequestsError(fromAddress.msBeforeNext / 1000);
    const tries = await this.#accountTries.penalty(account);
    if (tries.consumedPoints > MOST_TRIES)
      throw new TooManyRequestsError(tries.msBeforeNext / 1000);
    if (tries.consumedPoints >= FREE_TRIES)
      await this.#accountWaits.block(
        account,
        Math.min(
          2 ** (tries.consumedPoints - FREE_TRIES),
          tries.msBeforeNext / 1000,
        ),
      );
  }

  async afterSuccess(username: string, address: string): Promise<void> {
    const account = accountOf(username);
    await this.#accountTries.delete(account);
    await this.#accountWaits.delete(account);
    await this.#addresses.reward(network(address));
  }
}

/** Nobody has a longer name, so cutting makes no two accounts one; it bounds what is kept. */
function accountOf(username: string): string {
  return foldUsername(username).slice(0, LONGEST_USERNAME + 1);
}

/** An IPv6 customer has a whole /64 to try from. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : parsed.toByteArray().slice(0, 8).join('.');
}
