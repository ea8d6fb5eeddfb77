import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { READER } from '../database/data-source-options.js';
import { AccountNames } from './account-names.js';
import { ActorRights } from './actor-rights.js';
import { Admin } from './admins/admin.entity.js';
import { AdminsRepository } from './admins/admins.repository.js';
import { AdminsService } from './admins/admins.service.js';
import { ApiRateLimiter } from './api-rate-limiter.js';
import { ApiTokenGuard } from './api-token.guard.js';
import { ApiToken } from './api-tokens/api-token.entity.js';
import { ApiTokensRepository } from './api-tokens/api-tokens.repository.js';
import { ApiTokensService } from './api-tokens/api-tokens.service.js';
import { CsrfService } from './csrf.service.js';
import { AdminPasswordChangeService } from './admin-password-change.service.js';
import { AdminPageGuard } from './admin-page.guard.js';
import { AdminSession } from './sessions/admin-session.entity.js';
import { AdminSessionsRepository } from './sessions/admin-sessions.repository.js';
import { SessionCookies } from './sessions/session-cookies.js';
import { AdminSessionsService } from './sessions/admin-sessions.service.js';
import { KnownDevices } from './known-devices.js';
import { SignInLimiter } from './sign-in-limiter.js';

const GUARDED_WITH = [
  ApiRateLimiter,
  ApiTokensService,
  CsrfService,
  SessionCookies,
  AdminSessionsService,
];

/** Global, because guards are resolved in the module of the controller that they guard. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Admin, AdminSession, ApiToken], READER)],
  providers: [
    ...GUARDED_WITH,
    AccountNames,
    ActorRights,
    ApiTokenGuard,
    AdminPageGuard,
    AdminsRepository,
    AdminsService,
    AdminPasswordChangeService,
    AdminSessionsRepository,
    ApiTokensRepository,
    KnownDevices,
    SignInLimiter,
  ],
  exports: [
    ...GUARDED_WITH,
    AccountNames,
    ActorRights,
    AdminsService,
    AdminPasswordChangeService,
    KnownDevices,
    SignInLimiter,
  ],
})
export class AuthModule {}
