import { Body, Controller, Post, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { OpenToVisitors } from '../auth/page-access.decorators.js';
import { PageGuard } from '../auth/page.guard.js';
import { LOCALE_COOKIE } from '../common/http/request-context.js';
import { isLocale } from '../common/i18n/locale.js';
import { cookieOptions } from './cookie-options.js';
import { formText } from './forms/form-text.js';
import { localPath } from './forms/local-path.js';

const YEAR_MS = 31_536_000_000;
@ApiExcludeController()
@Controller('language')
@UseGuards(PageGuard)
export class LanguageController {
  @Post()
  @OpenToVisitors()
  change(@Body() form: unknown, @Res() response: Response): void {
    const locale = formText(form, 'locale');
    if (isLocale(locale))
      response.cookie(LOCALE_COOKIE, locale, {
        ...cookieOptions(response),
        maxAge: YEAR_MS,
      });
    response.redirect(303, localPath(formText(form, 'back')));
  }
}
