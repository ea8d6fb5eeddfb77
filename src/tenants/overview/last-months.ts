/** Turkey has kept UTC+3 all the year since 2016. */
const TURKEY_AHEAD_MS = 3 * 60 * 60 * 1_000;

export interface Month {
  /** `YYYY-MM`. */
  name: string;
  start: Date;
}

/** The last months in Turkey, oldest first, that of `now` included, and the one after it, where they end. */
export function lastMonths(count: number, now: Date): Month[] {
  const there = new Date(now.getTime() + TURKEY_AHEAD_MS);
  return Array.from({ length: count + 1 }, (_, index) => {
    const start = Date.UTC(
      there.getUTCFullYear(),
      there.getUTCMonth() - count + 1 + index,
    );
    return {
      name: new Date(start).toISOString().slice(0, 'YYYY-MM'.length),
      start: new Date(start - TURKEY_AHEAD_MS),
    };
  });
}
