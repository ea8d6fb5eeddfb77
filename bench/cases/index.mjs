import { creates } from './creates.mjs';
import { growth } from './growth.mjs';
import { imports } from './imports.mjs';
import { keyRotation } from './key-rotation.mjs';
import { memory } from './memory.mjs';
import { requests } from './requests.mjs';
import { signInTimes } from './sign-in-times.mjs';
import { signIns } from './sign-ins.mjs';
import { startUp } from './start-up.mjs';

/** Each starts what it needs and gives its rows. */
export const CASE_GROUPS = [
  requests,
  creates,
  signIns,
  signInTimes,
  growth,
  imports,
  startUp,
  keyRotation,
  memory,
];
