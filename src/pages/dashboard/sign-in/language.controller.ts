import { Body, Controller, Post, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { OpenToVisitors } from '../../../auth/admin-page.decorators.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { switchLanguage } from '../../kit/language.js';

@ApiExcludeController()
@Controller('language')
@UseGuards(AdminPageGuard)
export class LanguageController {
  @Post()
  @OpenToVisitors()
  change(@Body() form: unknown, @Res() response: Response): void {
    switchLanguage(form, response);
  }
}
