import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { apiDocsPage } from './api-docs-page.js';
import { createOpenApiDocument } from './openapi-document.js';

/** `/api/openapi.json` for programs and `/api/docs` for people; both are open, and from one document. */
export function serveApiDocs(app: NestExpressApplication): void {
  const document = createOpenApiDocument(app);
  const page = apiDocsPage(document);
  const server = app.getHttpAdapter().getInstance();
  server.get(
    '/api/openapi.json',
    (_request: Request, response: Response) => void response.json(document),
  );
  server.get('/api/docs', (_request: Request, response: Response) =>
    response.render('docs/api', { page }),
  );
}
