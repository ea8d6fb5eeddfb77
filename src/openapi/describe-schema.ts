import type { OpenAPIObject } from '@nestjs/swagger';

type SchemaOrReference = NonNullable<
  NonNullable<OpenAPIObject['components']>['schemas']
>[string];
type SchemaObject = Exclude<SchemaOrReference, { $ref: string }>;
export type Schema = SchemaOrReference | undefined;

export interface DocumentedField {
  name: string;
  /** Where a parameter stands: `path`, `query` or `header`. */
  place?: string;
  type: string;
  required: boolean;
  description: string;
}

/** The properties of an object schema. */
export function fieldsOf(
  document: OpenAPIObject,
  schema: Schema,
): DocumentedField[] {
  const { properties = {}, required = [] } = resolve(document, schema);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: describeType(document, property),
    required: required.includes(name),
    description: resolve(document, property).description ?? '',
  }));
}

/** A schema in a line, as `string 3–100`; a reference by its name. */
export function describeType(document: OpenAPIObject, schema: Schema): string {
  if (schema && '$ref' in schema) return schema.$ref.split('/').at(-1) ?? '';
  const {
    type = '',
    format,
    nullable,
    items,
    minLength,
    maxLength,
    minimum,
    maximum,
    enum: values,
    anyOf,
  } = resolve(document, schema);
  if (anyOf) return anyOf.map((one) => describeType(document, one)).join(' | ');
  if (items) return `${describeType(document, items)}[]`;
  return [
    values ? values.join(' | ') : [type].flat().join(' | '),
    format && `(${format})`,
    describeRange(minLength ?? minimum, maxLength ?? maximum),
    nullable && 'null',
  ]
    .filter(Boolean)
    .join(' ');
}

function describeRange(from?: number, to?: number): string {
  if (from === undefined) return to === undefined ? '' : `≤ ${to}`;
  return to === undefined ? `≥ ${from}` : `${from}–${to}`;
}

/** What a reference leads to. */
export function resolve(document: OpenAPIObject, schema: Schema): SchemaObject {
  if (schema === undefined) return {};
  if (!('$ref' in schema)) return schema;
  const target =
    document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
  return resolve(document, target);
}
