import { en as messages } from '../common/i18n/en.js';
import { accounts } from './dashboard/account/accounts.en.js';
import { audit } from './dashboard/audit/audit.en.js';
import { bin } from './dashboard/bin/bin.en.js';
import { imports } from './dashboard/imports/imports.en.js';
import { list } from './dashboard/tenants/list.en.js';
import { panel } from './panel/panel.en.js';
import { promptStarts } from './dashboard/tenants/prompt-starts.en.js';
import { shortcuts } from './kit/texts/shortcuts.en.js';
import type { PageTexts } from './tr.js';

export const en: PageTexts = {
  layout: {
    skip: 'Skip to content',
    navigation: 'Main menu',
    tenants: 'Tenants',
    audit: 'Audit trail',
    tokens: 'API tokens',
    admins: 'Admins',
    account: 'My account:',
    apiDocs: 'API docs',
    signOut: 'Sign out',
    otherLocale: 'tr',
    otherLanguage: 'Türkçe',
  },
  flash: {
    created: 'The tenant was added.',
    saved: 'Your changes were saved.',
    deleted:
      'The tenant was deleted. It can be restored from the bin for 30 days.',
    signedOut: 'You are signed out.',
    passwordChanged:
      'Your password was changed; your other sessions were ended.',
    sessionEnded: 'The session was ended.',
    sessionsEnded: 'All your other sessions were ended.',
    adminCreated: 'The admin was added.',
    adminDisabled: 'The admin was disabled.',
    adminEnabled: 'The admin was enabled again.',
    tokenRevoked: 'The API token was revoked.',
    suspended: 'The tenant was suspended.',
    activated: 'The tenant is active again.',
    manySuspended: 'Tenants suspended: {first}.',
    someSuspended:
      'Tenants suspended: {first}; skipped, because they were suspended before or are gone: {second}.',
    manyActivated: 'Tenants activated: {first}.',
    someActivated:
      'Tenants activated: {first}; skipped, because they were active before or are gone: {second}.',
    noneSelected: 'First select tenants from the list.',
    restored: 'The tenant was restored.',
    purged: 'The tenant was deleted for good.',
  },
  fields: messages.fields,
  signIn: {
    title: 'Sign in',
    heading: 'Sign in to your account',
    submit: 'Sign in',
    hint: 'No account, or lost access? Ask your system administrator.',
  },
  forms: {
    fixOne: 'Not saved. Please correct this field:',
    fixMany: 'Not saved. Please correct these fields:',
    save: 'Save',
    cancel: 'Cancel',
    passwordsAgain:
      'For safety passwords are not shown again; type all of them once more.',
    secretsAgain:
      'For safety the password and the key are not shown again; fill these fields in once more.',
    secretsAgainOnEdit:
      'For safety the password and the key are not shown again; type them once more if you want to change them.',
  },
  tenants: {
    title: 'Tenants',
    subtitle: 'The businesses that have a virtual receptionist',
    new: 'New tenant',
    emptyTitle: 'No tenants yet',
    emptyText:
      'Add the first business: a username, an OpenAI API key and a system prompt are all it takes.',
    business: 'Business',
    status: 'Status',
    key: 'OpenAI key',
    created: 'Added',
    updated: 'Last change',
    neverUpdated: 'Never changed',
    range: 'Showing {from}–{to} of {total}',
    pages: 'Pages',
    page: 'Page {page}',
    previous: 'Previous',
    next: 'Next',
  },
  keyStates: {
    ok: 'Stored',
    missing: 'Missing',
    unreadable: 'Unreadable',
    missingHelp:
      'This tenant has no key; its receptionist cannot answer. Enter one on the edit page.',
    unreadableHelp:
      'The stored key cannot be decrypted; the receptionist cannot answer. Enter the key again on the edit page.',
  },
  tenant: {
    number: 'Tenant no. {id}',
    newTitle: 'New tenant',
    newSubtitle: 'You can change everything later.',
    editTitle: 'Edit tenant',
    edit: 'Edit',
    delete: 'Delete',
    details: 'Details',
    version: 'Version',
    copy: 'Copy',
    copied: 'Copied',
    characters: '{count} characters',
    onlyBeginning: 'only its beginning is shown, the API has all of it',
    history: 'History',
    wholeHistory: 'Whole history',
    noHistory:
      'Nothing is on record about this tenant; the old application may have added it.',
  },
  tenantForm: {
    account: 'Sign-in details',
    accountHelp: 'What the business uses to sign in to its own account.',
    business: 'Business',
    assistant: 'Receptionist',
    assistantHelp: 'Decides how the receptionist talks and what it knows.',
    usernameHint:
      '3–100 characters: English letters, digits, dot, underscore and hyphen. Capitals become small letters.',
    passwordHint: 'At least 6 characters.',
    passwordUnchanged:
      'Leave it empty to keep the present one. A new one needs at least 6 characters.',
    businessNameHint: 'The name its customers know; 255 characters at most.',
    keyHint:
      'Copy it from your OpenAI account; it begins with “sk-”. It is stored encrypted and never shown again.',
    keyUnchanged:
      'Leave it empty to keep the present one. A new one is stored encrypted and never shown again.',
    keyStored: 'Stored key:',
    promptHint:
      'At least 10 characters. Say the opening hours, the services and how to address people.',
    kept: 'The stored text ({count} characters) is too long for this form, or has signs that a form cannot show; its beginning is below. Leave the field empty to keep it as it is.',
    counter: '{count} / {max} characters',
    startsTitle: 'Texts to start from',
    startsHelp:
      'Choose the closest one and replace what stands in square brackets.',
    useStart: 'Use this text',
    replaceTyped: 'This text will replace what you have typed. Continue?',
  },
  conflict: {
    title: 'This tenant was changed elsewhere while you were editing',
    text: 'Nothing is saved yet. Choose for each field whether you want what is stored or what you typed; yours can also be edited by hand. Then save.',
    hidden:
      'The fields that can be shown are the same, but somebody may have changed the password, the key or the status. To change the password or the key nevertheless, type it again and save.',
    stored: 'Stored',
    typed: 'Typed by you',
    secrets: 'Password and key',
    secretsHelp:
      'For safety they are not shown again; type them again to change them.',
    byHand: 'Edit by hand',
  },
  promptStarts,
  shortcuts,
  ...accounts,
  panel,
  ...list,
  bin,
  imports,
  audit,
  deletion: {
    title: 'Delete tenant',
    question: 'Delete this tenant?',
    goes: 'From then on:',
    account: 'The business can no longer sign in; its username is free at once',
    key: 'The OpenAI API key is not used',
    prompt: 'The receptionist stops answering',
    restorable:
      'The tenant can be restored from the bin for 30 days; then it is deleted for good.',
    changed:
      'This tenant was changed elsewhere while you were looking; it was not deleted. Confirm to delete it nevertheless.',
    look: 'See it as it is now',
    confirm: 'Yes, delete',
    cancel: 'Cancel and go back',
  },
  errors: {
    requestId: 'Request id',
    requestIdHelp: 'Mention this number when you ask for help.',
    toTenants: 'Back to the tenants',
    toPanel: 'Back to my receptionist',
    toSignIn: 'Go to the sign-in page',
    MALFORMED_REQUEST: {
      title: 'The request cannot be read',
      text: 'What your browser sent was not understood. Go back and try again.',
    },
    UNAUTHENTICATED: {
      title: 'Please sign in',
      text: 'Sign in to see this page.',
    },
    INSUFFICIENT_SCOPE: {
      title: 'Not allowed',
      text: 'You are not allowed to do this. Ask your system administrator.',
    },
    CSRF_REJECTED: {
      title: 'The form was not accepted',
      text: 'The page may have been open for too long, your session may have changed, or the request came from another site. Nothing was changed. Go back in your browser, copy what you typed, reload the page and try again.',
    },
    TENANT_SUSPENDED: {
      title: 'Your account is suspended',
      text: 'Your provider has suspended your account. Ask them to activate it again; nothing of yours is lost.',
    },
    TENANT_NOT_FOUND: {
      title: 'Tenant not found',
      text: 'It may have been deleted, or the address is mistyped. Look for it in the list; from the bin a deleted one can be restored.',
    },
    IMPORT_NOT_FOUND: {
      title: 'Import not found',
      text: 'The address may be mistyped, or the report of this import has been deleted.',
    },
    ROUTE_NOT_FOUND: {
      title: 'Page not found',
      text: 'The address may be mistyped, or the page is gone.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'This address cannot be opened like this',
      text: 'Go to the page by the menu or by a button.',
    },
    USERNAME_TAKEN: {
      title: 'Username taken',
      text: 'Go back and choose another username.',
    },
    WRITE_REFUSED: {
      title: 'Not saved',
      text: 'A rule that was added to the database refused this; nothing was changed. Ask whoever set the system up.',
    },
    ADMIN_NEEDED: {
      title: 'This admin cannot be disabled',
      text: 'You cannot disable yourself or the last active admin. Add another admin first, or ask one to do it.',
    },
    IDEMPOTENCY_IN_PROGRESS: {
      title: 'Still in progress',
      text: 'The same action was started a moment ago and has not finished. Wait a little and reload the page.',
    },
    VERSION_CONFLICT: {
      title: 'Changed meanwhile',
      text: 'This tenant was changed elsewhere while you were looking at it. Nothing was saved; reload the page and try again.',
    },
    BODY_TOO_LARGE: {
      title: 'What you sent is too long',
      text: 'Nothing was saved. Go back, shorten the text and save again.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'This content is not accepted',
      text: 'Send the form from your browser again.',
    },
    VALIDATION_FAILED: {
      title: 'The address was not understood',
      text: 'A value in the address is not valid. Continue from the list of tenants.',
    },
    IDEMPOTENCY_KEY_REUSED: {
      title: 'This form was sent before',
      text: 'Reload the page and try again.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Too many requests',
      text: 'Wait a minute and try again.',
    },
    UNAVAILABLE: {
      title: 'We cannot answer right now',
      text: 'The system is busy or cannot reach its database. Wait a little and reload the page.',
    },
    INTERNAL_ERROR: {
      title: 'Something unexpected happened',
      text: 'The fault is ours and has been recorded. Try again; if it persists, contact us with the number below.',
    },
  },
  docs: {
    title: 'API docs',
    subtitle: 'Manage your tenants from your own software.',
    document: 'OpenAPI document',
    contents: 'Contents',
    start: 'Getting started',
    startToken:
      'Every call needs an API token. Make one in the dashboard under “API tokens”, or on the server with this command; it is shown only once:',
    startCall: 'Then send it in the Authorization header:',
    startErrors:
      'Errors are RFC 9457 problem details. Their texts are Turkish, or English with Accept-Language: en; their codes never change.',
    scope: 'Scope:',
    noToken: 'Needs no token',
    parameters: 'Parameters',
    body: 'Request body',
    responses: 'Responses',
    name: 'Name',
    type: 'Type',
    meaning: 'Meaning',
    status: 'Status',
    headers: 'Headers',
    required: 'required',
    schemas: 'Schemas',
    errors: 'Error codes',
    errorsHelp:
      'The type of a problem leads to its explanation here. Let your program look at code, not at the text.',
    fieldErrors: 'Field errors',
    fieldErrorsHelp:
      'The errors array of VALIDATION_FAILED carries one of these for each bad field.',
    call: 'Example call',
    answer: 'Example answer',
    places: {
      path: 'in the path',
      query: 'in the query',
      header: 'in a header',
    },
    whatToDo: 'What to do?',
  },
};
