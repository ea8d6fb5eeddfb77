/** Largest request body, inclusive. */
export const BODY_LIMIT_BYTES = 512 * 1024;
