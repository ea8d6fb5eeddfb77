import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedLock } from './keyed-lock.js';

describe(KeyedLock.name, () => {
  it('runs the tasks of one key one by one, in the order of arrival', async () => {
    const lock = new KeyedLock();
    const events: string[] = [];
    const task = (name: string, ms: number) => async () => {
      events.push(`${name} begins`);
      await sleep(ms);
      events.push(`${name} ends`);
      return name;
    };

    const results = await Promise.all([
      lock.inTurn('key', task('a', 20)),
      lock.inTurn('key', task('b', 1)),
      lock.inTurn('key', task('c', 5)),
    ]);

    expect(results).toEqual(['a', 'b', 'c']);
    expect(events).toEqual(
      ['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('does not let one key wait for another', async () => {
    const lock = new KeyedLock();
    const never = lock.inTurn('slow', () => new Promise(() => undefined));

    expect(await lock.inTurn('fast', () => Promise.resolve('done'))).toBe(
      'done',
    );
    expect(never).toBeInstanceOf(Promise);
  });

  it('goes on after a task that fails', async () => {
    const lock = new KeyedLock();
    const failing = lock.inTurn('key', () =>
      Promise.reject(new Error('broken')),
    );
    const next = lock.inTurn('key', () => Promise.resolve('done'));

    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
