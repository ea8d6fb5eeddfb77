import type { ErrorHelp } from './error-help.js';

export const errorHelp: ErrorHelp = {
  errors: {
    MALFORMED_REQUEST:
      'Send the body as valid JSON, in UTF-8 and nested 32 levels deep at most, with a single Host header.',
    UNAUTHENTICATED:
      'The token is missing, wrong, revoked or expired. Send the Authorization header once and as Bearer; make a new token if need be.',
    INSUFFICIENT_SCOPE:
      'Make a new token with the scope that this call asks for. tenants:write does not include reading.',
    CSRF_REJECTED:
      'Met only in the forms of the dashboard: reload the page and try again. API calls are not affected.',
    TENANT_SUSPENDED:
      'Met only in the tenant’s own panel: a suspended tenant cannot sign in. POST /api/tenants/{id}/activate makes it active again.',
    TENANT_NOT_FOUND:
      'The number is not valid, the tenant was deleted, or your token is bound to another one. Numbers are never used again.',
    IMPORT_NOT_FOUND:
      'The number is wrong, or the report is no longer kept. Tenants that were added are not affected.',
    ROUTE_NOT_FOUND: 'Compare the address with those on this page.',
    METHOD_NOT_ALLOWED: 'Use one of the methods in the Allow header.',
    USERNAME_TAKEN:
      'Send another username. Of two requests at the same moment exactly one gets the name.',
    WRITE_REFUSED:
      'A trigger or rule that the operator has added to the database stopped this write; repeating it changes nothing. Try other values, or ask the operator.',
    ADMIN_NEEDED:
      'Met only in the dashboard: add another admin first, or let another one do it. API calls are not affected.',
    IDEMPOTENCY_IN_PROGRESS:
      'Wait for the seconds in Retry-After, then repeat the request with the same key; you get the answer of the first one.',
    VERSION_CONFLICT:
      'The version in If-Match is no longer the current one. Read the tenant again, apply your change to it and send it with the new ETag. Nothing was changed.',
    BODY_TOO_LARGE:
      'Bring the body down to 512 KiB; a system prompt may have 32,000 characters at most. Split an import of more than 64 MiB or 10,000 rows into several files.',
    UNSUPPORTED_MEDIA_TYPE:
      'Send Content-Type: application/json, for an import application/x-ndjson, and do not compress the body.',
    VALIDATION_FAILED:
      'Each pointer in errors leads to a bad field; correct all of them and repeat the request. Nothing was saved.',
    IDEMPOTENCY_KEY_REUSED:
      'Make a new Idempotency-Key for every new action, and send the same key only to repeat the same request. Keys are kept for 24 hours.',
    TOO_MANY_REQUESTS:
      'Wait for the seconds in the Retry-After header, then repeat the request.',
    UNAVAILABLE:
      'It will pass. Wait for the seconds in the Retry-After header, then repeat the request.',
    INTERNAL_ERROR:
      'The fault is ours. Tell us the request_id; the server log has the details under it.',
  },
  fieldErrors: {
    REQUIRED: 'The field was not sent.',
    WRONG_TYPE:
      'The value is of the wrong type; for example a number or null in place of text.',
    TOO_SHORT: 'The value is too short; the message tells the limit.',
    TOO_LONG:
      'The value is too long. Lengths are measured in Unicode code points, those of passwords in UTF-8 bytes.',
    INVALID_FORMAT: 'The value is not in the expected format.',
    INVALID_CHARACTERS:
      'The value has a character that cannot be used; for example a control character.',
    OUT_OF_RANGE: 'The number is out of the allowed range.',
    UNKNOWN_FIELD: 'There is no such field; its name may be mistyped.',
  },
};
