import type { imports as tr } from './imports.tr.js';

export const imports: typeof tr = {
  title: 'Imports',
  subtitle: 'Tenants added from a file; reports are kept for 30 days.',
  new: 'New import',
  newSubtitle: 'Add all tenants of a file in one go.',
  emptyTitle: 'No import yet',
  emptyText: 'Tenants from other software can be brought here with a file.',
  file: 'File',
  fileHint: 'NDJSON: one tenant on each line. 10,000 lines and 64 MiB at most.',
  dryRun: 'Only check, add no tenant',
  dryRunHint: 'You see beforehand which lines could be added.',
  format: 'What should the file look like?',
  formatText:
    'Each line is a JSON object of its own. Instead of `password` it may carry a bcrypt hash of cost 10 to 12 as `password_hash`. `system_prompt` is optional.',
  formatSafe:
    'A bad line keeps no other from being added; the report says what is wrong on which line. Sending the same file twice adds no tenant twice.',
  exampleOne: 'Sunny Dental',
  exampleTwo: 'Corner Barber',
  start: 'Send the file',
  sending: 'Sending the file…',
  number: 'Import no. {id}',
  numberDry: 'Check no. {id}',
  state: 'State',
  waiting: 'Waiting',
  running: 'Running',
  finished: 'Finished',
  check: 'Check only',
  rows: 'Lines',
  added: 'Added',
  wouldAdd: 'Could be added',
  failed: 'Not added',
  started: 'Sent',
  ended: 'Finished',
  progress: '{processed} of {total} lines done',
  background:
    'You can close this page; the work goes on. Lines with passwords take longer.',
  refresh: 'Refresh the page',
  faults: 'Lines that were not added',
  line: 'Line no.',
  username: 'Username',
  what: 'Why?',
  wholeLine: 'The whole line',
  noFaults: 'Nothing is wrong with any line.',
  noFaultsYet: 'Nothing wrong so far.',
  range: 'Showing {from}–{to} of {total}',
  toImports: 'Back to the imports',
  cancelled: 'Cancelled',
  cancel: 'Cancel the import',
  cancelQuestion: 'Cancel this import?',
  cancelEffect:
    'Tenants that are added stay; the other lines are not worked off, and are erased. This cannot be undone.',
  cancelConfirm: 'Yes, cancel it',
  cancelBack: 'Keep it running',
  endedAlready: 'This import has ended already.',
  noFaultsCancelled: 'Nothing is wrong with the lines that are done.',
  cancelReasons: {
    requested:
      'It was cancelled; the other lines were not worked off. What is added stays.',
    token_revoked:
      'It was stopped because the API token that sent the file was revoked; the other lines were not worked off.',
    token_expired:
      'It was stopped because the API token that sent the file has expired; the other lines were not worked off.',
    scope_removed:
      'It was stopped because the API token that sent the file no longer has the right; the other lines were not worked off.',
    admin_disabled:
      'It was stopped because the admin who sent the file was disabled; the other lines were not worked off.',
  },
};
