/** Of one import, inclusive. */
export const LARGEST_IMPORT_BYTES = 64 * 1024 * 1024;
export const MOST_IMPORT_ROWS = 10_000;
/** Of one line without its end: what a single create may have, too. */
export const LONGEST_LINE_BYTES = 512 * 1024;

/** Imports on their way at the same time, uploads included. */
export const MOST_UNFINISHED = 5;

/** Bounds both the memory that an upload takes and how long the writer lane is held for a piece of it. */
export const BATCH_ROWS = 100;
export const BATCH_BYTES = 1024 * 1024;

/** How long reports are kept. */
export const KEPT_DAYS = 30;
