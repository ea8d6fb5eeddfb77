import type { OpenAPIObject } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode } from '../common/errors/domain.error.js';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ResponseOrReference = NonNullable<Operation['responses'][string]>;
export type DocumentedAnswer = Exclude<ResponseOrReference, { $ref: string }>;
type BodyOrReference = NonNullable<Operation['requestBody']>;
export type DocumentedBody = Exclude<BodyOrReference, { $ref: string }>;
export type MediaType = DocumentedBody['content'][string];

export interface OperationOfDocument {
  path: string;
  method: string;
  operation: Operation;
}

export function operationsOf(document: OpenAPIObject): OperationOfDocument[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(
        (entry): entry is [string, Operation] =>
          typeof entry[1] === 'object' && 'responses' in entry[1],
      )
      .map(([method, operation]) => ({ path, method, operation })),
  );
}

export function answersOf({
  responses,
}: Operation): [status: string, answer: DocumentedAnswer][] {
  return Object.entries(responses).filter(
    (entry): entry is [string, DocumentedAnswer] =>
      entry[1] !== undefined && !('$ref' in entry[1]),
  );
}

export function bodyOf({ requestBody }: Operation): DocumentedBody | undefined {
  return requestBody && 'content' in requestBody ? requestBody : undefined;
}

/** The error codes that an answer can carry; `problemResponse` writes them into its description. */
export function codesOf({ description }: DocumentedAnswer): ErrorCode[] {
  return ERROR_CODES.filter((code) => description.includes(`\`${code}\``));
}
