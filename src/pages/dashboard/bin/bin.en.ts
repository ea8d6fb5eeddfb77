import type { bin as tr } from './bin.tr.js';

export const bin: typeof tr = {
  title: 'Bin',
  subtitle:
    'Deleted tenants wait here for 30 days; then they are deleted for good.',
  deletedAt: 'Deleted',
  deletedBy: 'Deleted by',
  left: 'Time left',
  days: 'Days: {count}',
  action: 'Action',
  restore: 'Restore',
  purge: 'Delete for good',
  range: 'Showing {from}–{to} of {total}',
  emptyTitle: 'The bin is empty',
  emptyText: 'Tenants that you delete can be restored from here for 30 days.',
  restoreTitle: 'Restore tenant',
  restoreText:
    'The tenant comes back with everything it had. If its username is in use by now, type a new one.',
  purgeTitle: 'Delete for good',
  purgeQuestion: 'Delete this tenant for good?',
  purgeText:
    'Its password, OpenAI API key and system prompt are deleted with it. This cannot be undone.',
  purgeConfirm: 'Yes, delete for good',
  cancel: 'Cancel and go back',
};
