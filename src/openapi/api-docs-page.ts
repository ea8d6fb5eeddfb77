import type { OpenAPIObject } from '@nestjs/swagger';
import type { Locale } from '../common/i18n/locale.js';
import { answerExample, curlCall } from './call-example.js';
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
import { exampleProblem } from './examples.js';
import {
  answersOf,
  bodyOf,
  codesOf,
  type DocumentedAnswer,
  type Operation,
  operationsOf,
} from './operations.js';

type ParameterOrReference = NonNullable<Operation['parameters']>[number];
type ParameterObject = Exclude<ParameterOrReference, { $ref: string }>;

export interface DocumentedOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  scope: string;
  parameters: DocumentedField[];
  body: DocumentedField[];
  /** Media types of the request body. */
  bodyTypes: string[];
  /** The call as a command for the shell. */
  call: string;
  answer: { status: string; text: string } | undefined;
  responses: DocumentedResponse[];
}

export interface DocumentedResponse {
  status: string;
  description: string;
  /** What a success carries, as `Name`, `Name[]` or a media type; empty when it carries nothing. */
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
  /** All response headers that are documented. */
  headers: { name: string; meanings: string[] }[];
  errors: DocumentedError[];
  problem: string;
  fieldErrors: DocumentedFieldError[];
}

/** Flattens an OpenAPI document into what a page without scripts can show, in the reader's language. */
export function apiDocsPage(
  source: OpenAPIObject,
  locale: Locale,
  baseUrl: string,
): ApiDocsPage {
  const document = translated(source, locale);
  const operations = operationsOf(document).map(
    ({ path, method, operation }) => ({
      tags: operation.tags ?? [],
      shown: describeOperation(document, path, method, operation, baseUrl),
    }),
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
    headers: headersOf(document),
    errors: documentedErrors(locale),
    problem: JSON.stringify(
      exampleProblem('VALIDATION_FAILED', locale),
      null,
      2,
    ),
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
  operation: Operation,
  baseUrl: string,
): DocumentedOperation {
  const content = bodyOf(operation)?.content ?? {};
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
        name: parameter.name,
        place: parameter.in,
        type: describeType(document, parameter.schema),
        required: parameter.required ?? false,
        description: parameter.description ?? '',
      })),
    body: fieldsOf(document, Object.values(content)[0]?.schema),
    bodyTypes: Object.keys(content),
    call: curlCall(document, method, path, operation, baseUrl),
    answer: answerExample(operation),
    responses: answersOf(operation).map(([status, answer]) =>
      describeResponse(document, status, answer),
    ),
  };
}

function describeResponse(
  document: OpenAPIObject,
  status: string,
  answer: DocumentedAnswer,
): DocumentedResponse {
  const { description, headers = {}, content = {} } = answer;
  const codes = codesOf(answer);
  const [type = ''] = Object.keys(content);
  return {
    status,
    description: codes.length > 0 ? '' : description,
    body:
      type === 'application/json'
        ? describeType(document, content[type]?.schema)
        : type,
    codes,
    headers: Object.keys(headers),
  };
}

/** Each header once, with what it means; one may mean several things. */
function headersOf(document: OpenAPIObject): ApiDocsPage['headers'] {
  const meanings = new Map<string, Set<string>>();
  for (const { operation } of operationsOf(document))
    for (const [, { headers = {} }] of answersOf(operation))
      for (const [name, header] of Object.entries(headers)) {
        const known = meanings.get(name) ?? new Set();
        if ('description' in header) known.add(header.description ?? '');
        meanings.set(name, known);
      }
  return [...meanings]
    .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([name, known]) => ({ name, meanings: [...known] }));
}

function scopeOf(operation: Operation): string {
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
