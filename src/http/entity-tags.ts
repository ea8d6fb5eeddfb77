/** A tag, or what stands between two: both are passed in one go, so that no text takes longer than its length. */
const TOKEN = /(?:W\/)?"([\x21\x23-\x7E\x80-\xFF]*)"|[ \t,]+/y;

/**
 * The tags of an `If-Match` or `If-None-Match` header (RFC 9110, section 8.8.3 and 13.1), without their quotes. A proxy that
 * compresses makes a tag weak; it names the same all the same.
 * @returns undefined for what is no list of tags.
 */
export function entityTags(header: string): string[] | undefined {
  const tags: string[] = [];
  let mayFollow = true;
  let end = 0;
  while (end < header.length) {
    TOKEN.lastIndex = end;
    const [token, tag] = TOKEN.exec(header) ?? [];
    if (token === undefined || (tag !== undefined && !mayFollow))
      return undefined;
    if (tag !== undefined) tags.push(tag);
    mayFollow = tag === undefined && (mayFollow || token.includes(','));
    end += token.length;
  }
  return tags;
}
