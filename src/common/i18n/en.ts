import type { Messages } from './tr.js';

export const en: Messages = {
  errors: {
    MALFORMED_REQUEST: {
      title: 'Malformed request',
      detail:
        'The request cannot be read: its JSON is broken, nested too deep, or not UTF-8.',
    },
    UNAUTHENTICATED: {
      title: 'Unauthenticated',
      detail: 'A valid API token is required: Authorization: Bearer vr_…',
    },
    INSUFFICIENT_SCOPE: {
      title: 'Insufficient scope',
      detail: 'This API token does not have the scope for this call.',
    },
    CSRF_REJECTED: {
      title: 'Request refused',
      detail:
        'The form has expired or the request came from another site. Reload the page and try again.',
    },
    TENANT_SUSPENDED: {
      title: 'Account suspended',
      detail: 'This account is suspended; contact your provider.',
    },
    TENANT_NOT_FOUND: { title: 'Not found', detail: 'Tenant not found' },
    IMPORT_NOT_FOUND: { title: 'Not found', detail: 'Import not found' },
    ROUTE_NOT_FOUND: {
      title: 'Not found',
      detail: 'There is no such address.',
    },
    METHOD_NOT_ALLOWED: {
      title: 'Method not allowed',
      detail: 'This address does not take this method; see the Allow header.',
    },
    USERNAME_TAKEN: {
      title: 'Conflict',
      detail: 'This username is already taken',
    },
    WRITE_REFUSED: {
      title: 'Write refused',
      detail:
        'A rule that was added to the database refused this write; nothing was changed.',
    },
    ADMIN_NEEDED: {
      title: 'Conflict',
      detail: 'You cannot disable yourself or the last active admin.',
    },
    IDEMPOTENCY_IN_PROGRESS: {
      title: 'Conflict',
      detail: 'The request with this Idempotency-Key is still being processed.',
    },
    VERSION_CONFLICT: {
      title: 'Version conflict',
      detail:
        'The tenant was changed after you read it, or the If-Match header was not understood (its form: "2"); read it again and repeat your change.',
    },
    BODY_TOO_LARGE: {
      title: 'Body too large',
      detail:
        'A request body may have 512 KiB at most, an import 64 MiB and 10,000 rows.',
    },
    UNSUPPORTED_MEDIA_TYPE: {
      title: 'Unsupported media type',
      detail:
        'The body must be uncompressed application/json (application/x-ndjson for an import) in UTF-8.',
    },
    VALIDATION_FAILED: {
      title: 'Validation failed',
      detail: 'What was sent breaks the rules; see errors.',
    },
    IDEMPOTENCY_KEY_REUSED: {
      title: 'Key reused',
      detail: 'This Idempotency-Key was used with another request before.',
    },
    TOO_MANY_REQUESTS: {
      title: 'Too many requests',
      detail: 'Too many attempts. Wait a little and try again.',
    },
    UNAVAILABLE: {
      title: 'Unavailable',
      detail: 'The system is busy at the moment. Wait a little and try again.',
    },
    INTERNAL_ERROR: {
      title: 'Server error',
      detail:
        'Something unexpected happened. If it persists, contact us with the request id.',
    },
  },
  importRows: {
    MALFORMED_REQUEST:
      'The line cannot be read: its JSON is broken, nested too deep, or not UTF-8.',
    BODY_TOO_LARGE: 'A line may have 512 KiB at most.',
    USERNAME_TAKEN: 'This username is already taken.',
    WRITE_REFUSED:
      'A rule that was added to the database refused this line; ask your administrator.',
    INTERNAL_ERROR:
      'Something unexpected happened with this line; send it again.',
  },
  waitBeforeRetry: 'Too many attempts. Try again in {time}.',
  signInFailed: 'The username or password is wrong. Try again.',
  fields: {
    username: 'Username',
    password: 'Password',
    business_name: 'Business name',
    openai_api_key: 'OpenAI API key',
    system_prompt: 'System prompt',
    current_password: 'Current password',
    new_password: 'New password',
    new_password_again: 'New password (again)',
    name: 'Name',
    scopes: 'Scopes',
    tenant_id: 'Tenant number',
    expires_in_days: 'Valid for',
    tenant: 'Tenant number',
    file: 'File',
    skip: 'skip',
    limit: 'limit',
    search: 'search',
    status: 'status',
    sort: 'sort',
    after: 'after',
    before: 'before',
    action: 'action',
    actor: 'actor',
    target: 'target',
    password_hash: 'Password hash',
    dry_run: 'dry_run',
    only: 'only',
    format: 'format',
    delimiter: 'delimiter',
    other: 'This field',
  },
  validation: {
    REQUIRED: '{field} is required.',
    WRONG_TYPE: '{field} must be text.',
    TOO_SHORT: '{field} must have at least {min} characters.',
    TOO_LONG: '{field} must have at most {max} characters.',
    INVALID_FORMAT: '{field} is not in the right format.',
    INVALID_CHARACTERS: '{field} contains a character that cannot be used.',
    OUT_OF_RANGE: '{field} must be between {min} and {max}.',
    UNKNOWN_FIELD: 'There is no such field.',
  },
  errorReasons: {
    SCOPE_NEEDED:
      'This API token does not have the scope for this call: {scope}',
    OWN_IMPORTS:
      'You may have {most} imports at a time. Send it again when one has ended, or cancel one.',
  },
  fieldValidation: {
    'idempotency-key.INVALID_FORMAT':
      'Send Idempotency-Key once, as up to 255 ASCII characters without blanks.',
    'username.INVALID_CHARACTERS':
      'Username may contain only English letters, digits, dot, underscore and hyphen.',
    'username.INVALID_FORMAT':
      'Username must begin and end with a letter or digit.',
    'password.TOO_LONG':
      'Password must have at most {max} bytes; letters beyond ASCII count as two or more.',
    'password.INVALID_FORMAT':
      'This password is among the well-known ones; choose another.',
    'password_hash.INVALID_FORMAT':
      'Password hash must be a bcrypt hash with a cost from 10 to 12, and not be given together with a password.',
    'current_password.INVALID_FORMAT':
      'This is not your current password. Try again.',
    'new_password.TOO_LONG':
      'New password must have at most {max} bytes; letters beyond ASCII count as two or more.',
    'new_password.INVALID_FORMAT':
      'The new password is among the well-known ones; choose another.',
    'new_password_again.INVALID_FORMAT':
      'The two new passwords differ; type both once more.',
    'file.REQUIRED': 'Choose a file.',
    'file.TOO_SHORT':
      'There is no tenant in the file. Each line must hold one.',
    'file.TOO_LONG':
      'A file may have 64 MiB and 10,000 lines at most; send it in parts.',
    'file.INVALID_FORMAT':
      'This file is of another kind: its first line could not be read. Each line must be the JSON object of one tenant, and the file saved as UTF-8; there is an example below.',
    'file.WRONG_TYPE':
      'The file could not be read or broke off. Send it again.',
    'name.TOO_SHORT': 'Name must not be empty.',
    'name.INVALID_FORMAT': 'Name must not consist of blanks only.',
    'scopes.REQUIRED': 'Choose at least one scope.',
    'tenant_id.INVALID_FORMAT':
      'There is no tenant with this number; it is on the page of the tenant.',
    'expires_in_days.INVALID_FORMAT':
      'Give the days that it is valid for, in digits only.',
    'tenant.INVALID_FORMAT': 'Give the tenant number in digits only.',
    'business_name.TOO_SHORT': 'Business name must not be empty.',
    'business_name.INVALID_FORMAT':
      'Business name must not consist of blanks only.',
    'openai_api_key.INVALID_CHARACTERS':
      'OpenAI API key must not contain blanks or non-English letters; copy the key again.',
    'body.WRONG_TYPE': 'The body must be a JSON object.',
    'body.REQUIRED': 'The body must not be empty.',
    'skip.INVALID_FORMAT':
      'skip must be given once and consist of digits only.',
    'search.INVALID_FORMAT': 'search may be given only once.',
    'status.INVALID_FORMAT':
      'status must be given once and be active or suspended.',
    'sort.INVALID_FORMAT':
      'sort must be given once and be id, username, business_name, created_at or updated_at, with - before it for descending order.',
    'after.INVALID_FORMAT':
      'after must be given once and be the X-Next-Cursor of an answer with the same sort, or empty.',
    'limit.INVALID_FORMAT':
      'limit must be given once and consist of digits only.',
  },
};
