import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../common/errors/common.errors.js';
import { HashingTurns } from './hashing-turns.js';

/** Jobs that end when they are told to, in the order in which they got their turn. */
class Jobs {
  readonly turns = new HashingTurns(1);
  readonly begun: string[] = [];
  readonly refused: string[] = [];
  readonly errors: unknown[] = [];
  readonly #ends: (() => void)[] = [];

  signIn(name: string): void {
    this.#watch(
      name,
      this.turns.forSignIn(() => this.#work(name)),
    );
  }

  create(caller: string, name = caller): void {
    this.#watch(
      name,
      this.turns.forCaller(caller, () => this.#work(name)),
    );
  }

  /** Ends what is being worked on, and what follows, until nothing waits. */
  async workOff(): Promise<void> {
    for (let job = this.#ends.shift(); job; job = this.#ends.shift()) {
      job();
      await new Promise(setImmediate);
    }
  }

  #work(name: string): Promise<void> {
    this.begun.push(name);
    return new Promise((resolve) => this.#ends.push(resolve));
  }

  #watch(name: string, job: Promise<void>): void {
    job.catch((error: unknown) => {
      this.errors.push(error);
      this.refused.push(name);
    });
  }
}

function times(count: number, work: (turn: number) => void): void {
  for (let turn = 0; turn < count; turn += 1) work(turn);
}

describe(HashingTurns.name, () => {
  it('lets sign-ins go before what waits longer', async () => {
    const jobs = new Jobs();
    times(3, () => jobs.create('a'));
    jobs.signIn('sign-in');
    await jobs.workOff();
    expect(jobs.begun).toEqual(['a', 'sign-in', 'a', 'a']);
  });

  it('keeps a flood of sign-ins from stopping all others', async () => {
    const jobs = new Jobs();
    times(10, () => jobs.signIn('s'));
    times(2, () => jobs.create('a'));
    await jobs.workOff();
    expect(jobs.begun.join('')).toBe('ssssasssasss');
  });

  it('refuses what one caller has too much of, and nobody else', async () => {
    const jobs = new Jobs();
    times(100, () => jobs.create('a'));
    times(8, () => jobs.create('b'));
    times(8, () => jobs.signIn('s'));
    await jobs.workOff();
    expect(jobs.refused).toEqual(Array.from({ length: 68 }, () => 'a'));
    for (const error of jobs.errors) {
      expect(error).toBeInstanceOf(UnavailableError);
      expect(error).toMatchObject({ headers: { 'Retry-After': '5' } });
    }
    expect(jobs.begun.join('').slice(0, 20)).toBe('asssasssbssababababa');
    expect(jobs.begun).toHaveLength(48);
  });

  it('bounds what all callers have, and leaves sign-ins their share', async () => {
    const jobs = new Jobs();
    times(20, (caller) => times(32, () => jobs.create(`c${caller}`)));
    times(64, () => jobs.signIn('s'));
    await jobs.workOff();
    expect(jobs.refused).toHaveLength(20 * 32 - 128);
    expect(jobs.refused).not.toContain('s');
  });

  it('refuses sign-ins when too many wait, and takes some again later', async () => {
    const jobs = new Jobs();
    times(70, () => jobs.signIn('s'));
    await jobs.workOff();
    expect(jobs.refused).toHaveLength(6);
    times(64, () => jobs.signIn('s'));
    await jobs.workOff();
    expect(jobs.refused).toHaveLength(6);
    expect(jobs.begun).toHaveLength(128);
  });

  it('passes the turn on when a job fails', async () => {
    const turns = new HashingTurns(1);
    const failing = turns.forCaller('a', () =>
      Promise.reject(new Error('lost')),
    );
    await expect(failing).rejects.toThrow('lost');
    expect(await turns.forSignIn(() => Promise.resolve(1))).toBe(1);
  });
});
