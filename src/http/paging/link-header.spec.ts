import { describe, expect, it } from 'vitest';
import { linkHeader, type Page } from './link-header.js';

/** Relations and where they start. */
function starts(page: Page): Record<string, number> {
  return Object.fromEntries(
    linkHeader('/api/tenants/', page)
      .split(', ')
      .map((link) => {
        const match =
          /^<\/api\/tenants\/\?skip=(\d+)&limit=(\d+)>; rel="(\w+)"$/.exec(
            link,
          );
        if (match === null) throw new Error(link);
        expect(Number(match[2])).toBe(page.limit);
        return [match[3], Number(match[1])];
      }),
  );
}

describe(linkHeader.name, () => {
  it.each([
    [
      { skip: 0, limit: 10, total: 0 },
      { first: 0, last: 0 },
    ],
    [
      { skip: 0, limit: 10, total: 10 },
      { first: 0, last: 0 },
    ],
    [
      { skip: 0, limit: 10, total: 11 },
      { first: 0, next: 10, last: 10 },
    ],
    [
      { skip: 10, limit: 10, total: 30 },
      { first: 0, prev: 0, next: 20, last: 20 },
    ],
    [
      { skip: 20, limit: 10, total: 30 },
      { first: 0, prev: 10, last: 20 },
    ],
    [
      { skip: 5, limit: 10, total: 30 },
      { first: 0, prev: 0, next: 15, last: 20 },
    ],
    [
      { skip: 900, limit: 10, total: 25 },
      { first: 0, prev: 20, last: 20 },
    ],
    [
      { skip: 3, limit: 1, total: 4 },
      { first: 0, prev: 2, last: 3 },
    ],
  ])('links the neighbours of %j', (page, expected) => {
    expect(starts(page)).toEqual(expected);
  });
});
