import type { OpenAPIObject } from '@nestjs/swagger';
import {
  ERROR_STATUSES,
  type ErrorCode,
  type FieldError,
} from '../common/errors/domain.error.js';
import {
  EXAMPLE_REQUEST_ID,
  type ProblemDetailsDto,
  toProblemDetails,
} from '../http/errors/problem-details.dto.js';
import type { Locale } from '../common/i18n/locale.js';
import { resolve, type Schema } from './describe-schema.js';
import {
  answersOf,
  bodyOf,
  codesOf,
  type MediaType,
  type Operation,
  operationsOf,
} from './operations.js';

const PROBLEM = 'application/problem+json';
const FAULT_IN_BODY: FieldError = {
  pointer: '/username',
  code: 'TOO_SHORT',
  params: { min: 3 },
};
const FAULT_IN_QUERY: FieldError = {
  pointer: '/limit',
  code: 'OUT_OF_RANGE',
  params: { min: 1, max: 500 },
};

/**
 * Gives every body that has no example of its own one: a JSON body that of its properties,
 * a problem one for each of its codes, as the application itself would answer in Turkish.
 */
export function addExamples(document: OpenAPIObject): OpenAPIObject {
  const problems: Record<string, { value: ProblemDetailsDto }> = {};
  for (const { operation } of operationsOf(document)) {
    for (const content of plainContentsOf(operation))
      if (content.example === undefined && content.examples === undefined)
        content.example = exampleOf(document, content.schema);
    const fault = bodyOf(operation) ? FAULT_IN_BODY : FAULT_IN_QUERY;
    for (const [, answer] of answersOf(operation)) {
      const problem = answer.content?.[PROBLEM];
      if (problem === undefined) continue;
      problem.examples = {};
      for (const code of codesOf(answer)) {
        const name = exampleName(code, fault);
        problems[name] ??= { value: exampleProblem(code, 'tr', fault) };
        problem.examples[code] = { $ref: `#/components/examples/${name}` };
      }
    }
  }
  return {
    ...document,
    components: { ...document.components, examples: problems },
  };
}

/** What a caller gets that meets this error. */
export function exampleProblem(
  code: ErrorCode,
  locale: Locale,
  fault = FAULT_IN_BODY,
): ProblemDetailsDto {
  return toProblemDetails(
    {
      code,
      status: ERROR_STATUSES[code],
      fields: code === 'VALIDATION_FAILED' ? [fault] : [],
    },
    { locale, requestId: EXAMPLE_REQUEST_ID },
  );
}

/** The example of a schema, put together from those of its parts; undefined when a part has none. */
export function exampleOf(document: OpenAPIObject, schema: Schema): unknown {
  const {
    example,
    default: fallback,
    enum: values,
    properties,
    items,
    allOf,
    oneOf,
    anyOf,
  } = resolve(document, schema);
  if (example !== undefined) return example;
  if (fallback !== undefined) return fallback;
  if (values !== undefined) return values[0];
  const [variant, ...others] = allOf ?? oneOf ?? anyOf ?? [];
  if (variant !== undefined && properties === undefined)
    return exampleOf(document, variant);
  if (items !== undefined) return [exampleOf(document, items)];
  if (properties === undefined) return undefined;
  // Of fields that exclude each other the first is shown, and none that a request need not have.
  const excluded = others.flatMap((other) => resolve(document, other).required);
  return Object.fromEntries(
    Object.entries(properties)
      .filter(
        ([name, property]) =>
          !excluded.includes(name) &&
          resolve(document, property).readOnly !== true,
      )
      .map(([name, property]) => [name, exampleOf(document, property)]),
  );
}

function exampleName(code: ErrorCode, fault: FieldError): string {
  const inQuery = code === 'VALIDATION_FAILED' && fault === FAULT_IN_QUERY;
  return inQuery ? `${code}_IN_QUERY` : code;
}

/** All bodies but problems. */
function plainContentsOf(operation: Operation): MediaType[] {
  return [
    bodyOf(operation)?.content,
    ...answersOf(operation).map(([, { content }]) => content),
  ]
    .flatMap((content) => Object.entries(content ?? {}))
    .filter(([type]) => type !== PROBLEM)
    .map(([, content]) => content);
}
