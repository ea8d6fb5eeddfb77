import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { contextOf } from '../http/request-context.js';
import { isLocale } from '../common/i18n/locale.js';
import { AppConfig } from '../config/app-config.js';
import { apiDocsPage } from './api-docs-page.js';
import { createOpenApiDocument } from './openapi-document.js';

/**
 * `/api/openapi.json` for programs and `/api/docs` for people; both are open, and from one document. It is made when it is first
 * asked for: that takes a tenth of a second, and most starts are not for its readers.
 */
export function serveApiDocs(app: NestExpressApplication): void {
  const { publicUrl, production } = app.get(AppConfig);
  const cli = production ? 'node dist/cli.js' : 'npm run --silent cli --';
  const document = once(() => createOpenApiDocument(app));
  const pages = {
    tr: once(() => apiDocsPage(document(), 'tr', publicUrl)),
    en: once(() => apiDocsPage(document(), 'en', publicUrl)),
  };
  const server = app.getHttpAdapter().getInstance();
  server.get(
    '/api/openapi.json',
    (_request: Request, response: Response) => void response.json(document()),
  );
  server.get('/api/docs', (request: Request, response: Response) => {
    const locale = isLocale(request.query.lang)
      ? request.query.lang
      : contextOf(response).locale;
    response.set('Content-Language', locale).render('docs/api', {
      page: pages[locale](),
      publicUrl,
      cli,
      locale,
      languageLinks: true,
    });
  });
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
