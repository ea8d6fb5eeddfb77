import type { OpenAPIObject } from '@nestjs/swagger';
import type { Route } from './routes.js';

/** Where a caller can put text of its own choice. */
export interface TextEntries {
  query: readonly string[];
  /** Of a form or a JSON body. */
  fields: readonly string[];
}

const TENANT = [
  'username',
  'password',
  'business_name',
  'openai_api_key',
  'system_prompt',
];
const EDIT = [
  ...TENANT,
  'version',
  ...['username', 'business_name', 'system_prompt'].flatMap((field) => [
    `keep_${field}`,
    `seen_${field}`,
  ]),
];
const PASSWORDS = ['current_password', 'new_password', 'new_password_again'];

/** The fields of every form, and what a page reads from its address. */
const PAGES: Readonly<Record<string, Partial<TextEntries>>> = {
  'get /': { query: ['search', 'status', 'sort', 'page'] },
  'get /login': {},
  'post /login': { fields: ['username', 'password'] },
  'post /logout': {},
  'post /language': { fields: ['locale', 'back'] },
  'get /tenants/new': {},
  'post /tenants/new': { fields: TENANT },
  'get /tenants/:id': {},
  'get /tenants/:id/edit': {},
  'post /tenants/:id/edit': { fields: EDIT },
  'get /tenants/:id/delete': {},
  'post /tenants/:id/delete': { fields: ['version'] },
  'post /tenants/:id/suspend': {},
  'post /tenants/:id/activate': {},
  'post /tenants/bulk': { fields: ['action', 'back', 'id'] },
  'get /tenants/export': { query: ['format', 'search', 'status'] },
  'get /imports': { query: ['page'] },
  'get /imports/new': {},
  'post /imports/new': {},
  'get /imports/:id': { query: ['page'] },
  'get /imports/:id/cancel': {},
  'post /imports/:id/cancel': {},
  'get /bin': { query: ['page'] },
  'get /bin/:id/restore': {},
  'post /bin/:id/restore': { fields: ['username'] },
  'get /bin/:id/purge': {},
  'post /bin/:id/purge': {},
  'get /audit': { query: ['tenant', 'action', 'actor', 'target', 'before'] },
  'get /account': {},
  'post /account': { fields: PASSWORDS },
  'post /account/sessions/end': { fields: ['session'] },
  'post /account/sessions/end-others': {},
  'get /admins': {},
  'get /admins/new': {},
  'post /admins/new': { fields: ['username', 'password'] },
  'get /admins/:id/disable': {},
  'post /admins/:id/disable': {},
  'post /admins/:id/enable': {},
  'get /tokens': {},
  'get /tokens/new': {},
  'post /tokens/new': {
    fields: ['name', 'scopes', 'tenant_id', 'expires_in_days', 'token_id'],
  },
  'get /tokens/:id/revoke': {},
  'post /tokens/:id/revoke': {},
  'get /panel': {},
  'post /panel': {
    fields: [
      'business_name',
      'openai_api_key',
      'system_prompt',
      'version',
      'keep_business_name',
      'keep_system_prompt',
      'keep_business_name',
      'keep_system_prompt',
    ],
  },
  'get /panel/password': {},
  'post /panel/password': { fields: PASSWORDS },
  'post /panel/logout': {},
  'post /panel/language': { fields: ['locale', 'back'] },
};
const WITHOUT_DOCUMENT = /^\/(?:api\/docs|api\/openapi\.json)$/;

/** @returns undefined when nobody has said yet which texts the route takes. */
export function textEntries(
  { method, path }: Route,
  document: OpenAPIObject,
): TextEntries | undefined {
  if (!/^\/(?:api|health)(?:\/|$)/.test(path)) {
    const page = PAGES[`${method} ${path}`];
    return (
      page && {
        query: page.query ?? [],
        // Of every form; the token is right where another field is tried.
        fields: method === 'post' ? ['_csrf', ...(page.fields ?? [])] : [],
      }
    );
  }
  if (WITHOUT_DOCUMENT.test(path)) return { query: [], fields: [] };
  const item = Object.entries(document.paths).find(
    ([template]) =>
      template.replace(/\/$/, '') ===
      path.replaceAll(/:(\w+)/g, '{$1}').replace(/\/$/, ''),
  )?.[1];
  // The document is held together with the routes by a test of its own.
  const operation = item?.[method as 'get' | 'post'];
  if (operation === undefined) return undefined;
  const query = (operation.parameters ?? []).flatMap((parameter) =>
    'in' in parameter && parameter.in === 'query' ? [parameter.name] : [],
  );
  const body = operation.requestBody;
  const schema =
    body !== undefined && 'content' in body
      ? body.content['application/json']?.schema
      : undefined;
  return {
    query,
    fields:
      schema === undefined ? [] : ['x', ...propertiesOf(schema, document)],
  };
}

type Schema = NonNullable<
  NonNullable<OpenAPIObject['components']>['schemas']
>[string];

function propertiesOf(schema: Schema, document: OpenAPIObject): string[] {
  if (!('$ref' in schema)) return Object.keys(schema.properties ?? {});
  const name = schema.$ref.split('/').at(-1) ?? '';
  const named = document.components?.schemas?.[name];
  return named === undefined ? [] : propertiesOf(named, document);
}
