import type { INestApplication } from '@nestjs/common';
import {
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { AppConfig } from '../config/app-config.js';

const DESCRIPTION = `REST API of a self-hosted platform for AI receptionists. Every call needs \`Authorization: Bearer vr_…\`.
Errors are RFC 9457 problem details in Turkish, or in English with \`Accept-Language: en\`; their codes never change with the language.`;

/** No controller serves these: see `serveApiDocs`. */
const DOCUMENTATION_PATHS = {
  '/api/openapi.json': documentation(
    'getOpenApiDocument',
    'This document, for programs',
    'application/json',
    { type: 'object' },
  ),
  '/api/docs': documentation(
    'getApiDocs',
    'This document, for people',
    'text/html',
    { type: 'string' },
  ),
};

/** Describes the API as its controllers and DTOs are. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(app.get(AppConfig).appName)
    .setDescription(DESCRIPTION)
    .setVersion('1')
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
  return { ...document, paths: { ...document.paths, ...DOCUMENTATION_PATHS } };
}

function documentation(
  operationId: string,
  summary: string,
  type: string,
  schema: { type: 'object' | 'string' },
): OpenAPIObject['paths'][string] {
  const description = summary;
  return {
    get: {
      operationId,
      summary,
      tags: ['documentation'],
      responses: { 200: { description, content: { [type]: { schema } } } },
    },
  };
}
