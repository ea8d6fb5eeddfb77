import {
  Body,
  Controller,
  Get,
  Param,
  Post,
  Render,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTokensService } from '../../../auth/api-tokens/api-tokens.service.js';
import { AdminPageGuard } from '../../../auth/admin-page.guard.js';
import { TenantsService } from '../../../tenants/tenants.service.js';
import { setFlash } from '../../kit/flash.js';
import { submitForm } from '../../kit/forms/submit-form.js';
import { newApiToken, reservedTokenId, tokenFormModel } from './token-form.js';
import { PageContextInterceptor } from '../../kit/page-context.interceptor.js';
import { toTokenRow } from './token-list.page.js';

/** The keys to the REST API. */
@ApiExcludeController()
@Controller('tokens')
@UseGuards(AdminPageGuard)
@UseInterceptors(PageContextInterceptor)
export class TokenPagesController {
  constructor(
    private readonly tokens: ApiTokensService,
    private readonly tenants: TenantsService,
  ) {}

  @Get()
  @Render('tokens/list')
  async list(): Promise<object> {
    const tokens = (await this.tokens.list()).toReversed();
    const bound = tokens.map(({ tenantId }) => tenantId);
    const names = await this.tenants.namesOf(bound.filter((id) => id !== null));
    return { tokens: tokens.map((token) => toTokenRow(token, names)) };
  }

  @Get('new')
  @Render('tokens/new')
  new(): object {
    return { ...tokenFormModel({}), errors: {} };
  }

  /** The answer is the only place where the token is ever shown, so it is no redirect. */
  @Post('new')
  async create(
    @Body() form: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const id = reservedTokenId(form);
    const page = { view: 'tokens/new', model: tokenFormModel(form, id) };
    await submitForm(response, page, async () => {
      const newToken = await newApiToken(form, (tenantId) =>
        this.tenants.exists(tenantId),
      );
      const token = await this.tokens.createOnce(id, newToken);
      if (token === undefined)
        response
          .status(409)
          .render(page.view, { ...tokenFormModel(form), sentBefore: true });
      else
        response
          .status(201)
          .render('tokens/created', { token, name: newToken.name });
      return undefined;
    });
  }

  @Get(':id/revoke')
  @Render('tokens/revoke')
  async confirmRevoke(@Param('id') id: string): Promise<object> {
    return toTokenRow(await this.tokens.get(id), new Map());
  }

  @Post(':id/revoke')
  async revoke(
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.tokens.get(id);
    await this.tokens.revoke(id);
    setFlash(response, 'tokenRevoked');
    response.redirect(303, '/tokens');
  }
}
