import type { OpenAPIObject } from '@nestjs/swagger';
import { ERROR_CODES } from '../common/errors/domain.error.js';
import type { Locale } from '../common/i18n/locale.js';
import { descriptionIn } from './description-texts.js';
import {
  describeType,
  type DocumentedField,
  fieldsOf,
} from './describe-schema.js';
import {
  type DocumentedError,
  type DocumentedFieldError,
  documentedErrors,
  documentedFieldErrors,
} from './error-code-docs.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ParameterOrReference = NonNullable<OperationObject['parameters']>[number];
type ParameterObject = Exclude<ParameterOrReference, { $ref: string }>;
type ResponseObject = Exclude<
  NonNullable<OperationObject['responses'][string]>,
  { $ref: string }
>;
export interface DocumentedOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  scope: string;
  parameters: DocumentedField[];
  body: DocumentedField[];
  responses: DocumentedResponse[];
}

export interface DocumentedResponse {
  status: string;
  description: string;
  /** What a success carries, as `Name` or `Name[]`; empty when it carries nothing. */
  body: string;
  /** Error codes that it can carry. */
  codes: string[];
  headers: string[];
}

export interface ApiDocsPage {
  title: string;
  groups: {
    name: string;
    title: string;
    description: string;
    operations: DocumentedOperation[];
  }[];
  schemas: { name: string; fields: DocumentedField[] }[];
  errors: DocumentedError[];
  fieldErrors: DocumentedFieldError[];
}

/** Flattens an OpenAPI document into what a page without scripts can show, in the reader's language. */
export function apiDocsPage(
  source: OpenAPIObject,
  locale: Locale,
): ApiDocsPage {
  const document = translated(source, locale);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(
        (entry): entry is [string, OperationObject] =>
          typeof entry[1] === 'object' && 'responses' in entry[1],
      )
      .map(([method, operation]) => ({
        tags: operation.tags ?? [],
        shown: describeOperation(document, path, method, operation),
      })),
  );
  return {
    title: document.info.title,
    groups: (document.tags ?? []).map(({ name, description = '' }) => ({
      name,
      title: descriptionIn(locale, name),
      description,
      operations: operations
        .filter(({ tags }) => tags.includes(name))
        .map(({ shown }) => shown),
    })),
    schemas: Object.entries(document.components?.schemas ?? {}).map(
      ([name, schema]) => ({ name, fields: fieldsOf(document, schema) }),
    ),
    errors: documentedErrors(locale),
    fieldErrors: documentedFieldErrors(locale),
  };
}

/** A copy whose summaries and descriptions are in the reader's language. */
function translated(document: OpenAPIObject, locale: Locale): OpenAPIObject {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    typeof value === 'string' && (key === 'summary' || key === 'description')
      ? descriptionIn(locale, value)
      : value,
  ) as OpenAPIObject;
}

function describeOperation(
  document: OpenAPIObject,
  path: string,
  method: string,
  operation: OperationObject,
): DocumentedOperation {
  const body =
    operation.requestBody && 'content' in operation.requestBody
      ? operation.requestBody.content['application/json']
      : undefined;
  return {
    id: [method, ...path.split(/[^\w]+/)].filter(Boolean).join('-'),
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    scope: scopeOf(operation),
    parameters: (operation.parameters ?? [])
      .filter(isParameter)
      .map((parameter) => ({
        name: `${parameter.name} (${parameter.in})`,
        type: describeType(document, parameter.schema),
        required: parameter.required ?? false,
        description: parameter.description ?? '',
      })),
    body: fieldsOf(document, body?.schema),
    responses: Object.entries(operation.responses)
      .filter(
        (entry): entry is [string, ResponseObject] =>
          entry[1] !== undefined && !('$ref' in entry[1]),
      )
      .map(([status, response]) =>
        describeResponse(document, status, response),
      ),
  };
}

function describeResponse(
  document: OpenAPIObject,
  status: string,
  { description, headers = {}, content }: ResponseObject,
): DocumentedResponse {
  const codes = ERROR_CODES.filter((code) =>
    description.includes(`\`${code}\``),
  );
  return {
    status,
    description: codes.length > 0 ? '' : description,
    body: describeType(document, content?.['application/json']?.schema),
    codes,
    headers: Object.keys(headers),
  };
}

function scopeOf(operation: OperationObject): string {
  const scope: unknown = Object.entries(operation).find(
    ([name]) => name === 'x-required-scope',
  )?.[1];
  return typeof scope === 'string' ? scope : '';
}

function isParameter(
  parameter: ParameterOrReference,
): parameter is ParameterObject {
  return !('$ref' in parameter);
}
