/** Of one import, inclusive. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 10_000;
/** Of one line without its end: what a single create may have, too. */
export const MAX_LINE_BYTES = 512 * 1024;

/** Imports of one caller on their way at the same time, uploads included: the others get theirs. */
export const MAX_UNFINISHED_EACH = 3;
/** The same of all callers together. */
export const MAX_UNFINISHED = 15;

/** A sender gives at least so many bytes in each span, and all of the file in time: its place is not held by silence. */
export const MIN_SPAN_BYTES = 16 * 1024;
export const MAX_SPAN_MS = 15_000;
export const MAX_UPLOAD_MS = 300_000;

/** Bounds both the memory that an upload takes and how long the writer lane is held for a piece of it. */
export const BATCH_ROWS = 100;
export const BATCH_BYTES = 1024 * 1024;

/** How long reports are kept. */
export const KEPT_DAYS = 30;
