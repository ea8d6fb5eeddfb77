import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UsernameTakenError } from '../common/errors/username-taken.error.js';

/** @returns those of the names, all folded, that accounts of one kind have in whatever case. */
type FindTaken = (
  names: readonly string[],
  manager?: EntityManager,
) => Promise<string[]>;

/**
 * Admins and tenants sign in at one form, so a name belongs to one account of either kind. Whoever gives a name asks here,
 * in the transaction that gives it, which has the lock `accounts`.
 */
@Injectable()
export class AccountNames {
  readonly #kinds: FindTaken[] = [];

  /** Each kind of account adds itself when the application is put together. */
  addKind(findTaken: FindTaken): void {
    this.#kinds.push(findTaken);
  }

  /** @param manager of the transaction in which a name is given; without it the answer may be outdated by then. */
  async findTaken(
    names: readonly string[],
    manager?: EntityManager,
  ): Promise<Set<string>> {
    const taken = new Set<string>();
    for (const findTaken of this.#kinds)
      for (const name of await findTaken(names, manager)) taken.add(name);
    return taken;
  }

  async isTaken(name: string, manager?: EntityManager): Promise<boolean> {
    return (await this.findTaken([name], manager)).size > 0;
  }

  /** @throws UsernameTakenError */
  async assertFree(name: string, manager?: EntityManager): Promise<void> {
    if (await this.isTaken(name, manager)) throw new UsernameTakenError();
  }
}
