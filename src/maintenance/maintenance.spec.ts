import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger } from '@nestjs/common';
import { Maintenance } from './maintenance.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe(Maintenance.name, () => {
  let maintenance: Maintenance;
  const done: string[] = [];
  const chore = (name: string) => (): Promise<void> => {
    done.push(name);
    return Promise.resolve();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    done.length = 0;
    maintenance = new Maintenance();
  });
  afterEach(async () => {
    await maintenance.beforeApplicationShutdown();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('does every chore shortly after the start and then every hour', async () => {
    maintenance.add('one', chore('one'));
    maintenance.add('two', chore('two'));
    maintenance.start();
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    expect(done).toEqual(['one', 'two']);
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(done).toHaveLength(6);
  });

  it('does nothing unless it is started', async () => {
    maintenance.add('one', chore('one'));
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(done).toEqual([]);
  });

  it('logs a chore that fails without its message, does the others, and tries it again', async () => {
    const log = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
    let attempts = 0;
    maintenance.add('bad', () => {
      attempts += 1;
      return Promise.reject(new Error('sk-secret'));
    });
    maintenance.add('good', chore('good'));
    maintenance.start();
    await vi.advanceTimersByTimeAsync(10 * SECOND + HOUR);
    expect(attempts).toBe(2);
    expect(done).toEqual(['good', 'good']);
    expect(log).toHaveBeenCalledTimes(2);
    expect(log.mock.calls[0]?.[0]).toMatchObject({ chore: 'bad' });
    expect(JSON.stringify(log.mock.calls)).not.toContain('sk-secret');
  });

  it('does not begin a round while one is under way', async () => {
    const finish: (() => void)[] = [];
    maintenance.add(
      'slow',
      () => new Promise((resolve) => finish.push(resolve)),
    );
    maintenance.start();
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(finish).toHaveLength(1);
    finish[0]?.();
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(finish).toHaveLength(2);
    finish[1]?.();
  });

  it('waits at shutdown for a chore, which is told, and begins no other', async () => {
    maintenance.add('long', async (signal) => {
      while (!signal.aborted)
        await new Promise((resolve) => setTimeout(resolve, SECOND));
      done.push('long');
    });
    maintenance.add('next', chore('next'));
    maintenance.start();
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    const stopped = maintenance.beforeApplicationShutdown();
    await vi.advanceTimersByTimeAsync(SECOND);
    await stopped;
    expect(done).toEqual(['long']);
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(done).toEqual(['long']);
  });

  it('refuses two chores of one name', () => {
    maintenance.add('one', chore('one'));
    expect(() => maintenance.add('one', chore('one'))).toThrow('one');
  });
});
