import type { INestApplication } from '@nestjs/common';
import {
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { AppConfig } from '../config/app-config.js';

const DESCRIPTION = `REST API of a self-hosted platform for AI receptionists. Every call needs \`Authorization: Bearer vr_…\`.
Errors are RFC 9457 problem details in Turkish, or in English with \`Accept-Language: en\`; their codes never change with the language.`;

/** Describes the API as its controllers and DTOs are. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(app.get(AppConfig).appName)
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addServer('/')
    .addTag('tenants', 'The businesses that have a receptionist')
    .addTag('health', 'Probes; need no token')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'API token, made with `token create`',
    })
    .build();
  return SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
  });
}
