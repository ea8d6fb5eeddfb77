import { All, Controller, Req, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiTokenGuard } from '../auth/api-token.guard.js';
import { AdminPageGuard } from '../auth/admin-page.guard.js';
import { unmatchedRoute } from '../http/unmatched-route.js';

/** Registered last: takes what no other controller took, behind the same guards, so that only insiders learn what exists. */
@ApiExcludeController()
@Controller()
export class UnmatchedController {
  @All(['api', 'api/*path'])
  @UseGuards(ApiTokenGuard)
  call(@Req() request: Request): never {
    throw unmatchedRoute(request);
  }

  @All('*path')
  @UseGuards(AdminPageGuard)
  page(@Req() request: Request): never {
    throw unmatchedRoute(request);
  }
}
