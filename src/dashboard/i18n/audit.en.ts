import type { audit as tr } from './audit.tr.js';

export const audit: typeof tr = {
  title: 'Audit trail',
  subtitle: 'Who did what and when, newest first',
  filter: 'Filter',
  clear: 'Clear the filter',
  allActions: 'All actions',
  allActors: 'Everybody',
  action: 'Action',
  actor: 'By',
  tenant: 'Tenant number',
  target: 'Showing only what concerns: {target}',
  at: 'Time',
  what: 'What happened?',
  details: 'Details',
  address: 'Address:',
  request: 'Request:',
  noRequest: 'From outside the dashboard',
  emptyTitle: 'No entries',
  emptyText: 'No entry fits this filter.',
  pages: 'Pages',
  older: 'Older',
  newest: 'Back to the newest',
  unknownTime: 'Time unreadable',
  history: 'History',
  actors: {
    admin: '{name}',
    adminByNumber: 'admin no. {id}',
    token: 'API token “{name}”',
    tokenByNumber: 'API token {id}',
    operator: 'The server operator (command line)',
    system: 'The system',
    visitor: 'Somebody who was not signed in',
  },
  actions: {
    tenant: {
      created: 'Tenant added',
      updated: 'Tenant changed',
      deleted: 'Tenant deleted',
    },
    admin: {
      created: 'Admin added',
      signed_in: 'Sign-in',
      sign_in_failed: 'Failed sign-in',
      signed_out: 'Sign-out',
      disabled: 'Admin disabled',
      enabled: 'Admin enabled again',
      password_changed: 'Own password changed',
      password_change_failed: 'Failed password change',
      session_ended: 'Own session ended',
      sessions_ended: 'Own other sessions ended',
    },
    token: { created: 'API token created', revoked: 'API token revoked' },
    keys: {
      rotated: 'Encryption key rotated',
      retired: 'Encryption key retired',
      adopted: 'Key of the old application adopted',
    },
    database: { exported: 'Database backed up', restored: 'Database restored' },
  },
  sentences: {
    tenant: {
      created: '{actor} added the tenant {target}',
      updated: '{actor} changed {fields} of the tenant {target}',
      deleted: '{actor} deleted the tenant {target}',
    },
    admin: {
      created: '{actor} added the admin {target}',
      signed_in: '{actor} signed in',
      sign_in_failed:
        '{actor} tried to sign in with a wrong username or password',
      signed_out: '{actor} signed out',
      disabled: '{actor} disabled the admin {target}',
      enabled: '{actor} enabled the admin {target} again',
      password_changed: '{actor} changed their own password',
      password_change_failed:
        '{actor} tried to change their password and mistyped the current one',
      session_ended: '{actor} ended one of their sessions',
      sessions_ended: '{actor} ended all their other sessions',
    },
    token: {
      created: '{actor} created the API token {target}',
      revoked: '{actor} revoked the API token {target}',
    },
    keys: {
      rotated:
        '{actor} encrypted the stored keys anew under the encryption key {target}',
      retired: '{actor} retired the encryption key {target}',
      adopted:
        '{actor} adopted a key that the old application wrote for the tenant {target}',
    },
    database: {
      exported: '{actor} backed the database up',
      restored: '{actor} restored the database from a backup',
    },
  },
  sentencesByNumber: {
    tenant: {
      created: '{actor} added the tenant no. {target}',
      updated: '{actor} changed {fields} of the tenant no. {target}',
      deleted: '{actor} deleted the tenant no. {target}',
    },
    admin: {
      created: '{actor} added the admin no. {target}',
      disabled: '{actor} disabled the admin no. {target}',
      enabled: '{actor} enabled the admin no. {target} again',
    },
    token: {
      created: '{actor} created the API token {target}',
      revoked: '{actor} revoked the API token {target}',
    },
    keys: {
      adopted:
        '{actor} adopted a key that the old application wrote for the tenant no. {target}',
    },
  },
  fields: {
    username: 'the username',
    password: 'the password',
    business_name: 'the business name',
    openai_api_key: 'the OpenAI API key',
    system_prompt: 'the system prompt',
  },
  someFields: 'details',
};
