import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  MalformedRequestError,
  UnavailableError,
} from '../common/errors/common.errors.js';
import { pacedChunks } from './paced-chunks.js';

const SECOND = 1_000;
const KIB = 1024;

describe(pacedChunks.name, () => {
  let source: PassThrough;
  let stopping: AbortController;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    source = new PassThrough();
    stopping = new AbortController();
  });
  afterEach(() => {
    source.destroy();
    vi.useRealTimers();
  });

  /** Reads on until it ends in one way or another. */
  function read(isPatient = false, pauseMs = 0) {
    const outcome = { bytes: 0, ended: false, error: undefined as unknown };
    const reading = async (): Promise<void> => {
      const pace = { stop: stopping.signal, isPatient };
      for await (const chunk of pacedChunks(source, pace)) {
        outcome.bytes += chunk.length;
        if (pauseMs > 0)
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    void reading()
      .catch((error: unknown) => (outcome.error = error))
      .finally(() => (outcome.ended = true));
    return outcome;
  }

  /** Sends the bytes again and again. @returns after how many seconds the reading ended. */
  async function send(
    outcome: { ended: boolean },
    bytes: number,
    everySeconds: number,
    maxSeconds = 400,
  ): Promise<number> {
    let seconds = 0;
    while (!outcome.ended && seconds < maxSeconds) {
      source.write(Buffer.alloc(bytes));
      await vi.advanceTimersByTimeAsync(everySeconds * SECOND);
      seconds += everySeconds;
    }
    return seconds;
  }

  it('give up a sender that sends nothing', async () => {
    const outcome = read();
    await vi.advanceTimersByTimeAsync(16 * SECOND);
    expect(outcome.error).toBeInstanceOf(MalformedRequestError);
  });

  it('give up a sender that sends a byte every 9 seconds', async () => {
    const outcome = read();
    expect(await send(outcome, 1, 9)).toBeLessThan(30);
    expect(outcome.error).toBeInstanceOf(MalformedRequestError);
  });

  it('give up in the end a sender that only just keeps the pace', async () => {
    const outcome = read();
    const seconds = await send(outcome, 17 * KIB, 10);
    expect(seconds).toBeGreaterThan(290);
    expect(seconds).toBeLessThan(320);
    expect(outcome.error).toBeInstanceOf(MalformedRequestError);
  });

  it('do not take their own slowness for the sender’s', async () => {
    const outcome = read(false, 60 * SECOND);
    source.write(Buffer.alloc(8 * KIB));
    await vi.advanceTimersByTimeAsync(30 * SECOND);
    source.write(Buffer.alloc(1));
    await vi.advanceTimersByTimeAsync(40 * SECOND);
    source.end(Buffer.alloc(1));
    await vi.advanceTimersByTimeAsync(200 * SECOND);
    expect(outcome).toEqual({
      bytes: 8 * KIB + 2,
      ended: true,
      error: undefined,
    });
  });

  it('wait for the operator as long as it takes', async () => {
    const outcome = read(true);
    await send(outcome, 1, 100, 1_000);
    source.end();
    await vi.advanceTimersByTimeAsync(SECOND);
    expect(outcome).toEqual({ bytes: 10, ended: true, error: undefined });
  });

  it.each([false, true])(
    'stop at once when the process ends, patient or not (%s)',
    async (isPatient) => {
      const outcome = read(isPatient);
      source.write(Buffer.alloc(10));
      await vi.advanceTimersByTimeAsync(SECOND);
      stopping.abort();
      await vi.advanceTimersByTimeAsync(0);
      expect(outcome).toMatchObject({ bytes: 10, ended: true });
      expect(outcome.error).toBeInstanceOf(UnavailableError);
    },
  );

  it('let what is still on its way be read away afterwards', async () => {
    const outcome = read();
    await vi.advanceTimersByTimeAsync(16 * SECOND);
    expect(outcome.ended).toBe(true);
    source.resume();
    source.end(Buffer.alloc(100 * KIB));
    await vi.waitUntil(() => source.readableEnded, { timeout: 5_000 });
    expect(source.destroyed).toBe(true);
  });

  it('call a source that breaks off malformed', async () => {
    const outcome = read();
    source.destroy(new Error('gone'));
    await vi.advanceTimersByTimeAsync(0);
    expect(outcome.error).toBeInstanceOf(MalformedRequestError);
  });
});
