import type { INestApplication } from '@nestjs/common';
import {
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { problemResponse } from '../http/openapi/problem.decorators.js';
import { AppConfig } from '../config/app-config.js';
import { addExamples } from './examples.js';
import { operationsOf } from './operations.js';
import { completeRequestSchemas } from './request-schemas.js';

const DESCRIPTION = `REST API of a self-hosted platform for AI receptionists. Every call needs \`Authorization: Bearer vr_…\`.
Errors are RFC 9457 problem details in Turkish, or in English with \`Accept-Language: en\`; their codes never change with the language.`;

/** No controller serves these: see `serveApiDocs`. */
const documentationPaths = () => ({
  '/api/openapi.json': documentation(
    'getOpenApiDocument',
    'This document, for programs',
    'application/json',
    { type: 'object', example: { openapi: '3.1.0' } },
  ),
  '/api/docs': documentation(
    'getApiDocs',
    'This document, for people',
    'text/html',
    { type: 'string', example: '<!doctype html>' },
  ),
});

/** Describes the API as its controllers and DTOs are. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(app.get(AppConfig).appName)
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('tenants', 'The businesses that have a receptionist')
    .addTag('audit', 'Who did what')
    .addTag('health', 'Probes; need no token')
    .addTag('documentation', 'This document; needs no token')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'vr_…',
      description: 'API token, made with `token create`',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
  });
  Object.assign(document.paths, documentationPaths());
  // An operation that asks for no token says so.
  for (const { operation } of operationsOf(document)) operation.security ??= [];
  completeRequestSchemas(document);
  return addExamples(document);
}

function documentation(
  operationId: string,
  summary: string,
  type: string,
  schema: { type: 'object' | 'string'; example: unknown },
): OpenAPIObject['paths'][string] {
  const description = summary;
  return {
    get: {
      operationId,
      summary,
      tags: ['documentation'],
      responses: {
        200: { description, content: { [type]: { schema } } },
        400: problemResponse(400, 'MALFORMED_REQUEST'),
      },
    },
  };
}
