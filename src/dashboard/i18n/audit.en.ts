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
  actors: {
    admin: '{name}',
    adminByNumber: 'admin no. {id}',
    token: 'API token “{name}”',
    tokenByNumber: 'API token {id}',
    tenant: '{name} (the tenant itself)',
    tenantByNumber: 'the tenant no. {id} itself',
    operator: 'The server operator (command line)',
    system: 'The system',
    visitor: 'Somebody who was not signed in',
  },
  actions: {
    tenant: {
      created: 'Tenant added',
      updated: 'Tenant changed',
      deleted: 'Tenant moved to the bin',
      suspended: 'Tenant suspended',
      activated: 'Tenant activated again',
      restored: 'Tenant restored from the bin',
      purged: 'Tenant deleted for good',
      signed_in: 'Tenant sign-in',
      sign_in_refused: 'Sign-in of a suspended tenant refused',
      signed_out: 'Tenant sign-out',
      hash_renewed: 'Tenant password hash strengthened',
      password_change_failed: 'Failed password change of a tenant',
    },
    tenants: {
      imported: 'Tenants imported',
      import_cancelled: 'Import cancelled',
      exported: 'Tenants exported',
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
    audit: { restarted: 'Audit trail begun anew' },
  },
  sentences: {
    tenant: {
      created: '{actor} added the tenant {target}',
      updated: '{actor} changed {fields} of the tenant {target}',
      deleted: '{actor} moved the tenant {target} to the bin',
      suspended: '{actor} suspended the tenant {target}',
      activated: '{actor} activated the tenant {target} again',
      restored: '{actor} restored the tenant {target} from the bin',
      purged: '{actor} deleted the tenant {target} for good',
      signed_in: '{actor} signed in',
      sign_in_refused:
        '{actor} wanted to sign in and was not let in, being suspended',
      signed_out: '{actor} signed out',
      hash_renewed: 'The password hash of {actor} was strengthened at sign-in',
      password_change_failed:
        '{actor} tried to change the own password and mistyped the current one',
    },
    tenants: {
      imported: '{actor} started the import no. {target}',
      import_cancelled: '{actor} cancelled the import no. {target}',
      exported: '{actor} exported the tenants',
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
    audit: {
      restarted:
        '{actor} began the audit trail anew, because its key and its end had been taken away; what stands before cannot be trusted',
    },
  },
  sentencesByNumber: {
    tenant: {
      created: '{actor} added the tenant no. {target}',
      updated: '{actor} changed {fields} of the tenant no. {target}',
      deleted: '{actor} moved the tenant no. {target} to the bin',
      suspended: '{actor} suspended the tenant no. {target}',
      activated: '{actor} activated the tenant no. {target} again',
      restored: '{actor} restored the tenant no. {target} from the bin',
      purged: '{actor} deleted the tenant no. {target} for good',
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
  sentencesOfOneself: {
    tenant: { updated: 'The tenant {target} itself changed {fields}' },
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
