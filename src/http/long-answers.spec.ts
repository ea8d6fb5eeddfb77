import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '../common/errors/common.errors.js';
import { LongAnswers } from './long-answers.js';

const MAX = 256;
const MAX_OF_A_CALLER = 192;

describe('long answers', () => {
  let answers: LongAnswers;
  beforeEach(() => {
    answers = new LongAnswers();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  const begun = (caller: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => answers.begin(caller)));

  it('are so many of one caller, and some are left for others', async () => {
    await begun('one', MAX_OF_A_CALLER);
    const refused = answers.begin('one').catch((error: unknown) => error);
    await begun('other', MAX - MAX_OF_A_CALLER);
    const alsoRefused = answers.begin('third').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await refused).toBeInstanceOf(UnavailableError);
    expect(await alsoRefused).toBeInstanceOf(UnavailableError);
  });

  it('begin in their order as others end, and who has had enough keeps nobody up', async () => {
    const [endOne] = await begun('one', MAX_OF_A_CALLER);
    const [endOther] = await begun('other', MAX - MAX_OF_A_CALLER);
    const order: string[] = [];
    const wait = (caller: string, name: string) =>
      answers.begin(caller).then((end) => {
        order.push(name);
        return end;
      });
    const waiting = [
      wait('one', 'one'),
      wait('third', 'third'),
      wait('other', 'other'),
    ];
    endOther?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['third']);
    endOne?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['third', 'one']);
    (await waiting[0])?.();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(order).toEqual(['third', 'one', 'other']);
  });

  it('that have been refused take no room', async () => {
    const ends = await begun('one', MAX_OF_A_CALLER);
    const refused = answers.begin('one').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
    for (const end of ends) end();
    expect((await begun('one', MAX_OF_A_CALLER)).length).toBe(MAX_OF_A_CALLER);
  });
});
