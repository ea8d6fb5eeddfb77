/** Vitest's arguments, for `run` and `runBeside`. */
export function vitest(...args) {
  return [
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...args],
    // The build is there already, so that no part builds again while another runs.
    { SKIP_BUILD: '1' },
  ];
}
