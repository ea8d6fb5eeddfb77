/** A stored date in ISO 8601; undefined for none and for one that is damaged. */
export function isoOf(date: Date | null): string | undefined {
  return date === null || Number.isNaN(date.getTime())
    ? undefined
    : date.toISOString();
}
