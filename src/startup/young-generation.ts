import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of V8's heap where objects begin as small as it starts out. It doubles while much that is new survives,
 * as when modules are loaded, up to 32 MB, and does not shrink again: memory that an idle service would hold for nothing.
 * @returns lets it grow again, as far as the requests need it.
 */
export function keepYoungGenerationSmall(): () => void {
  setFlagsFromString('--semi-space-growth-factor=1');
  return () => setFlagsFromString('--semi-space-growth-factor=2');
}
