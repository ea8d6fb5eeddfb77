import type { OpenAPIObject } from '@nestjs/swagger';
import {
  OUTPUT_ONLY_FIELDS,
  TenantResponseDto,
} from '../tenants/dto/tenant-response.dto.js';
import { ReplaceTenantDto } from '../tenants/dto/update-tenant.dto.js';
import { ImportRowDto } from '../imports/dto/import-row.dto.js';
import { resolve } from './describe-schema.js';
import { bodyOf, operationsOf } from './operations.js';

/** Bodies that carry exactly one of some fields. */
const EITHER: Record<string, readonly string[]> = {
  [ImportRowDto.name]: ['password', 'password_hash'],
};

/** What of request bodies cannot be said by decorators: that other fields are refused, that some are ignored, or exclude each other. */
export function completeRequestSchemas(document: OpenAPIObject): void {
  const replacement = schemaOf(document, ReplaceTenantDto.name);
  const { properties: out = {} } = schemaOf(document, TenantResponseDto.name);
  for (const name of OUTPUT_ONLY_FIELDS)
    (replacement.properties ??= {})[name] = {
      ...resolve(document, out[name]),
      readOnly: true,
    };
  for (const [name, fields] of Object.entries(EITHER)) {
    const schema = schemaOf(document, name);
    schema.oneOf = fields.map((field) => ({
      required: [field],
      properties: { [field]: schema.properties?.[field] ?? {} },
    }));
  }
  for (const { operation } of operationsOf(document))
    for (const { schema } of Object.values(bodyOf(operation)?.content ?? {}))
      resolve(document, schema).additionalProperties = false;
}

function schemaOf(document: OpenAPIObject, name: string) {
  return resolve(document, { $ref: `#/components/schemas/${name}` });
}
