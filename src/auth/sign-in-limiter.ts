import { Injectable } from '@nestjs/common';
import { networkOf } from '../http/client-address.js';
import { TooManyRequestsError } from '../common/errors/common.errors.js';
import { foldUsername } from '../common/validation/credential-fields.js';
import { counterKey, type GuessedAccount } from './guessed-account.js';
import { KnownDevices } from './known-devices.js';
import { TryCounter } from './try-counter.js';

const ACCOUNT_SPAN_MS = 15 * 60_000;
const NETWORK_SPAN_MS = 60_000;
const FREE_TRIES = 5;
const MAX_TRIES = 20;
const MAX_TRIES_OF_DEVICE = 10;
const MAX_TRIES_OF_NETWORK = 20;
const MAX_USERNAME_LENGTH = 100;

/** Who tries. */
export interface Guesser {
  address: string;
  /** Values of its device cookie. */
  devices: readonly string[];
  /** Names the session that it has of the very account, if any. */
  session?: string;
}

/** A request that has been counted. */
export interface Arrival {
  /** Milliseconds that its network has to wait, which a known browser need not. */
  wait: number;
  giveBack: () => void;
}

/** What a name's accounts come to. */
export interface Admitted<Account> {
  /** Those whose password may be checked now. */
  accounts: Account[];
  /** Milliseconds until the rest may be tried, too. */
  othersWait: number;
  /** To be called once a password was right: gives back what this try has cost, and the waits of this account here; nothing of others. */
  opened: (account: Account) => void;
}

/**
 * Slows guessing down (docs/adr/0017-sign-in-limits.md). Tries are counted before the password is checked, so that parallel
 * guesses count too. An account has 5 free tries from each network in 15 minutes, then the wait doubles with each, and 20
 * from everywhere; a network has 20 a minute. A browser that the account was opened in before has tries of its own,
 * which strangers cannot use up.
 */
@Injectable()
export class SignInLimiter {
  readonly #networks = new TryCounter({
    max: MAX_TRIES_OF_NETWORK,
    spanMs: NETWORK_SPAN_MS,
    free: Infinity,
  });
  readonly #devices = new TryCounter({
    max: MAX_TRIES_OF_DEVICE,
    spanMs: ACCOUNT_SPAN_MS,
    free: FREE_TRIES,
  });
  readonly #accounts = new AccountTries();
  /** Apart, so that made-up names push no account's tries out of the memory. */
  readonly #unknownNames = new AccountTries();

  constructor(private readonly known: KnownDevices) {}

  /**
   * Counts a request of this network. To be asked before anything is looked up.
   * @throws TooManyRequestsError
   */
  arrive({ address, devices, session }: Guesser): Arrival {
    const network = networkOf(address);
    const wait = this.#networks.wait(network);
    const giveBack = this.#networks.count(network);
    if (wait > 0 && devices.length === 0 && session === undefined)
      throw new TooManyRequestsError(wait / 1000);
    return { wait, giveBack };
  }

  /**
   * @param accounts that the name stands for: none, an admin, a tenant, or both.
   * @param arrival as `arrive` gave it.
   * @throws TooManyRequestsError when none of them may be tried, or the name that nobody has must wait.
   */
  admit<Account extends GuessedAccount>(
    username: string,
    accounts: readonly Account[],
    guesser: Guesser,
    arrival: Arrival,
  ): Admitted<Account> {
    const network = networkOf(guesser.address);
    if (accounts.length === 0) {
      const name = foldUsername(username).slice(0, MAX_USERNAME_LENGTH + 1);
      const wait = this.#unknownNames.wait(name, network);
      refuseAll([Math.max(arrival.wait, wait)]);
      this.#unknownNames.count(name, network);
      return { accounts: [], othersWait: 0, opened: () => {} };
    }
    const judged = accounts.map((account) => {
      const key = counterKey(account);
      const device = this.#deviceOf(account, guesser);
      const asStranger = Math.max(
        arrival.wait,
        this.#accounts.wait(key, network),
      );
      const asKnown =
        device === undefined ? Infinity : this.#devices.wait(device);
      return { account, key, device, wait: Math.min(asStranger, asKnown) };
    });
    const admitted = judged.filter(({ wait }) => wait === 0);
    if (admitted.length === 0) refuseAll(judged.map(({ wait }) => wait));
    const opened = new Map<Account, () => void>();
    for (const { account, key, device } of admitted) {
      const giveBack = this.#accounts.count(key, network);
      if (device !== undefined) this.#devices.count(device);
      opened.set(account, () => {
        giveBack();
        if (device !== undefined) this.#devices.forget(device);
      });
    }
    return {
      accounts: [...opened.keys()],
      othersWait: Math.max(...judged.map(({ wait }) => wait)),
      opened: (account) => {
        arrival.giveBack();
        opened.get(account)?.();
      },
    };
  }

  /** Both at once, for an account that is known from its session. @throws TooManyRequestsError */
  beforeTry<Account extends GuessedAccount>(
    account: Account,
    guesser: Guesser,
  ): Admitted<Account> {
    return this.admit('', [account], guesser, this.arrive(guesser));
  }

  #deviceOf(
    account: GuessedAccount,
    { devices, session }: Guesser,
  ): string | undefined {
    return session ?? this.known.find(account, devices);
  }
}

/** The tries of accounts: from each network, and from all of them together. */
class AccountTries {
  readonly #near = new TryCounter({
    max: MAX_TRIES,
    spanMs: ACCOUNT_SPAN_MS,
    free: FREE_TRIES,
  });
  readonly #wide = new TryCounter({
    max: MAX_TRIES,
    spanMs: ACCOUNT_SPAN_MS,
    free: Infinity,
  });

  wait(account: string, network: string): number {
    return Math.max(
      this.#near.wait(`${account} ${network}`),
      this.#wide.wait(account),
    );
  }

  /** @returns gives the try back, and the waits near it. */
  count(account: string, network: string): () => void {
    const near = `${account} ${network}`;
    this.#near.count(near);
    const giveBack = this.#wide.count(account);
    return () => {
      this.#near.forget(near);
      giveBack();
    };
  }
}

/** @throws TooManyRequestsError with the shortest of the waits, when none may go on. */
function refuseAll(waits: readonly number[]): void {
  const wait = Math.min(...waits);
  if (wait > 0) throw new TooManyRequestsError(wait / 1000);
}
