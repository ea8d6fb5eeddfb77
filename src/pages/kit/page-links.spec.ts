import { describe, expect, it } from 'vitest';
import { lastPage, paging } from './page-links.js';

const hrefOf = (page: number) => `/?page=${page}`;

/** Page links as people see them: `1 … [5] 6 … 9`. */
function links(page: number, total: number): string {
  return paging(page, total, hrefOf)
    .pages.map(
      (link) =>
        `${link.afterGap ? '… ' : ''}${link.current ? `[${link.page}]` : link.page}`,
    )
    .join(' ');
}

describe(paging.name, () => {
  it('offers the first, the last and the neighbours', () => {
    expect(links(1, 25)).toBe('');
    expect(links(1, 26)).toBe('[1] 2');
    expect(links(1, 225)).toBe('[1] 2 … 9');
    expect(links(3, 225)).toBe('1 2 [3] 4 … 9');
    expect(links(5, 225)).toBe('1 … 4 [5] 6 … 9');
    expect(links(9, 225)).toBe('1 … 8 [9]');
  });

  it('has no previous or next page at either end', () => {
    const first = paging(1, 50, hrefOf);
    const last = paging(2, 50, hrefOf);

    expect([first.previous, first.next]).toEqual([undefined, '/?page=2']);
    expect([last.previous, last.next]).toEqual(['/?page=1', undefined]);
  });

  it('counts the places of the rows from 1', () => {
    expect(paging(3, 60, hrefOf)).toMatchObject({ from: 51, to: 60 });
  });
});

describe(lastPage.name, () => {
  it.each([
    [0, 1],
    [1, 1],
    [25, 1],
    [26, 2],
    [110, 5],
  ])('of %i tenants is %i', (total, last) => {
    expect(lastPage(total)).toBe(last);
  });
});
