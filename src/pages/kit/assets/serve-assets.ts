import type { ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import express from 'express';
import { ASSETS_PATH, PUBLIC, TABLER_CSS } from './assets.js';

const YEAR_MS = 31_536_000_000;

/** Style sheets, scripts and pictures. Only these are compressed: a page that mixes secrets with input must not be (BREACH). */
export function serveAssets(app: NestExpressApplication): void {
  const options = {
    immutable: true,
    maxAge: YEAR_MS,
    index: false,
    acceptRanges: false,
    redirect: false,
    fallthrough: true,
    setHeaders: letBeStored,
  };
  app.use(
    ASSETS_PATH,
    compression(),
    express.static(PUBLIC, options),
    express.static(TABLER_CSS, options),
  );
  app.use(
    '/favicon.svg',
    express.static(`${PUBLIC}/favicon.svg`, {
      maxAge: '1d',
      setHeaders: letBeStored,
    }),
  );
}

/** Makes way for a `Cache-Control` in place of the `no-store` that every answer begins with. */
function letBeStored(response: ServerResponse): void {
  response.removeHeader('Cache-Control');
}
