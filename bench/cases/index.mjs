import { requests } from './requests.mjs';

/** Each group starts what it needs and gives its rows. */
export const CASE_GROUPS = [requests];
