import { describe, expect, it } from 'vitest';
import { VersionConflictError } from '../common/errors/common.errors.js';
import { acceptedVersions, assertVersion, versionTag } from './version-tag.js';

describe(acceptedVersions.name, () => {
  it.each([
    ['no header', undefined, undefined],
    ['any', '*', undefined],
    ['any, with blanks', ' * ', undefined],
    ['one tag', '"3"', [3]],
    ['a list', '"3", "12"', [3, 12]],
    ['two headers, which Node joins', '"3", "4"', [3, 4]],
    ['a tag that a proxy has made weak', 'W/"3"', [3]],
    ['weak and strong', 'W/"3", "4"', [3, 4]],
    ['empty elements of a list', ', "3",,\t"4" ,', [3, 4]],
    ['something before a tag', 'x"1"', []],
    ['something behind a tag', '"1"x', []],
    ['tags without a comma', '"1" "2"', []],
    ['tags without anything between them', '"1""2"', []],
    ['another separator', '"9";"1"', []],
    ['a good tag among bad ones', '"1", x', []],
    ['any beside a tag', '*, "1"', []],
    ['a small w', 'w/"1"', []],
    ['a tag in a tag', '"x,"1"', []],
    ['no quotes', '3', []],
    ['the empty header', '', []],
    ['tags of others', '"abc", "-1", "03", "1e3", ""', []],
    ['an open quote', '"3', []],
  ])('%s', (_, header, versions) => {
    expect(acceptedVersions(header)).toEqual(versions);
  });

  it('reads its own tags', () => {
    expect(acceptedVersions(versionTag(7))).toEqual([7]);
  });
});

describe(assertVersion.name, () => {
  it.each([
    [1, undefined],
    [1, [1]],
    [2, [1, 2]],
  ])('lets version %j pass for %j', (stored, accepted) => {
    expect(() => assertVersion(stored, accepted)).not.toThrow();
  });

  it.each([
    [1, []],
    [2, [1, 3]],
  ])('refuses version %j for %j', (stored, accepted) => {
    expect(() => assertVersion(stored, accepted)).toThrow(VersionConflictError);
  });
});
