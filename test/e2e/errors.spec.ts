import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  BadRequestException,
  Controller,
  ForbiddenException,
  Get,
  ImATeapotException,
  Module,
  NotFoundException,
  Param,
  PayloadTooLargeException,
  ServiceUnavailableException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DomainError,
  ERROR_CODES,
  FIELD_ERROR_CODES,
} from '../../src/common/errors/domain.error.js';
import { HttpErrorFilter } from '../../src/http/errors/http-error.filter.js';
import { answerBrokenRequests } from '../../src/http/broken-requests.js';
import { requestContext } from '../../src/http/request-context.js';
import {
  errorDetail,
  fieldErrorMessage,
  messages,
} from '../../src/common/i18n/messages.js';
import { CANARY } from '../helpers/hostile-values.js';
import { projectPath } from '../helpers/paths.js';
import { sendRequest } from '../helpers/send-request.js';

/** The contract's table. 303 is the way to the sign-in page. */
const STATUSES: Record<string, number[]> = {
  MALFORMED_REQUEST: [400],
  UNAUTHENTICATED: [401, 303],
  INSUFFICIENT_SCOPE: [403],
  CSRF_REJECTED: [403],
  TENANT_SUSPENDED: [403],
  TENANT_NOT_FOUND: [404],
  IMPORT_NOT_FOUND: [404],
  ROUTE_NOT_FOUND: [404],
  METHOD_NOT_ALLOWED: [405],
  USERNAME_TAKEN: [409],
  WRITE_REFUSED: [409],
  ADMIN_NEEDED: [409],
  IDEMPOTENCY_IN_PROGRESS: [409],
  VERSION_CONFLICT: [412],
  BODY_TOO_LARGE: [413],
  UNSUPPORTED_MEDIA_TYPE: [415],
  VALIDATION_FAILED: [422],
  IDEMPOTENCY_KEY_REUSED: [422],
  TOO_MANY_REQUESTS: [429],
  UNAVAILABLE: [503],
  INTERNAL_ERROR: [500],
};

/** What each constructor needs. One that is missing here fails its test. */
const ARGUMENTS: Record<string, unknown[]> = {
  MethodNotAllowedError: [['GET', 'HEAD']],
  ValidationFailedError: [[{ pointer: '/username', code: 'REQUIRED' }]],
  TooManyRequestsError: [2.5],
  UnavailableError: [5],
  InsufficientScopeError: ['tenants:read'],
  OwnImportsError: [30],
};

const HEADERS: Record<string, Record<string, string>> = {
  UnauthenticatedError: { 'www-authenticate': 'Bearer' },
  SignInRequiredError: { location: '/login' },
  MethodNotAllowedError: { allow: 'GET, HEAD' },
  TooManyRequestsError: { 'retry-after': '3' },
  UnavailableError: { 'retry-after': '5' },
  OwnImportsError: { 'retry-after': '30' },
  IdempotencyInProgressError: { 'retry-after': '1' },
};

type ErrorClass = new (...args: unknown[]) => DomainError;

async function errorClasses(): Promise<[string, ErrorClass][]> {
  const files = readdirSync(projectPath('src'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((file) => /\.errors?\.ts$/.test(file))
    .map((file) => join(projectPath('src'), file));
  const modules = await Promise.all(
    files.map((file) => import(file) as Promise<object>),
  );
  return modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, ErrorClass] => isErrorClass(entry[1]));
}

function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && value.prototype instanceof DomainError;
}

function queryFailure(code: string): QueryFailedError {
  const driverError = Object.assign(new Error(`${CANARY} at /secret/path.db`), {
    code,
  });
  return new QueryFailedError(`SELECT '${CANARY}'`, [CANARY], driverError);
}

/** What reaches the filter, by the last part of the path. */
const thrown = new Map<string, unknown>();

@Controller('api/throw')
class ThrowingController {
  @Get(':name')
  throw(@Param('name') name: string): never {
    throw thrown.get(name);
  }
}

@Module({
  controllers: [ThrowingController],
  providers: [{ provide: APP_FILTER, useClass: HttpErrorFilter }],
})
class ThrowingModule {}

const classes = await errorClasses();

describe('Errors', () => {
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ThrowingModule, {
      logger: false,
    });
    app.use(requestContext('tr'));
    answerBrokenRequests(app.getHttpServer());
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterAll(() => app.close());

  const get = (name: string, language?: string) =>
    sendRequest(url, {
      path: `/api/throw/${name}`,
      headers: {
        ...(language !== undefined && { 'accept-language': language }),
      },
    });

  it('are found in the source', () => {
    const names = classes.map(([name]) => name);
    expect(names.length).toBeGreaterThanOrEqual(15);
    expect(names).toEqual(
      expect.arrayContaining([
        'TenantNotFoundError',
        'CsrfRejectedError',
        'UsernameTakenError',
      ]),
    );
  });

  it('cover every code between them, and the contract names each', () => {
    const codes = new Set(
      classes.map(([name, type]) => new type(...(ARGUMENTS[name] ?? [])).code),
    );
    expect([...codes].toSorted()).toEqual([...ERROR_CODES].toSorted());
    expect(Object.keys(STATUSES).toSorted()).toEqual(
      [...ERROR_CODES].toSorted(),
    );
  });

  it.each(classes)(
    '%s becomes an answer with its status, code and text in both languages',
    async (name, type) => {
      expect(type.length === 0 || Object.hasOwn(ARGUMENTS, name)).toBe(true);
      const error = new type(...(ARGUMENTS[name] ?? []));
      expect(STATUSES[error.code]).toContain(error.status);
      thrown.set(name, error);
      const [turkish, english] = [await get(name), await get(name, 'en')];
      for (const [answer, locale] of [
        [turkish, 'tr'],
        [english, 'en'],
      ] as const) {
        const { title } = messages(locale).errors[error.code];
        expect(answer.status).toBe(error.status);
        expect(answer.header('content-language')).toBe(locale);
        expect(answer.problem).toMatchObject({
          type: `/api/docs#${error.code}`,
          title,
          status: error.status,
          detail: errorDetail(locale, error),
          code: error.code,
        });
        expect(answer.problem.request_id).toBe(answer.header('x-request-id'));
        expect(answer.headers).toMatchObject(HEADERS[name] ?? {});
      }
      expect(turkish.problem.detail).not.toBe(english.problem.detail);
    },
  );

  it.each([
    [
      'BadRequestException',
      new BadRequestException(CANARY),
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'NotFoundException',
      new NotFoundException(`Cannot GET /${CANARY}`),
      404,
      'ROUTE_NOT_FOUND',
    ],
    [
      'PayloadTooLargeException',
      new PayloadTooLargeException(CANARY),
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'UnsupportedMediaTypeException',
      new UnsupportedMediaTypeException(CANARY),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'ForbiddenException',
      new ForbiddenException(CANARY),
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'ServiceUnavailableException',
      new ServiceUnavailableException(CANARY),
      500,
      'INTERNAL_ERROR',
    ],
    [
      'ImATeapotException',
      new ImATeapotException(CANARY),
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'http-errors-400',
      Object.assign(new Error(CANARY), { status: 400, expose: true }),
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'http-errors-413',
      Object.assign(new Error(CANARY), { status: 413 }),
      413,
      'BODY_TOO_LARGE',
    ],
    ['Error', new Error(CANARY), 500, 'INTERNAL_ERROR'],
    ['TypeError', new TypeError(CANARY), 500, 'INTERNAL_ERROR'],
    ['text', CANARY, 500, 'INTERNAL_ERROR'],
    ['number', 42, 500, 'INTERNAL_ERROR'],
    ['null', null, 500, 'INTERNAL_ERROR'],
    ['undefined', undefined, 500, 'INTERNAL_ERROR'],
    ['object', { message: CANARY, status: 404 }, 500, 'INTERNAL_ERROR'],
    ['SQLITE_BUSY', queryFailure('SQLITE_BUSY'), 503, 'UNAVAILABLE'],
    ['SQLITE_FULL', queryFailure('SQLITE_FULL'), 503, 'UNAVAILABLE'],
    ['SQLITE_IOERR', queryFailure('SQLITE_IOERR'), 503, 'UNAVAILABLE'],
    ['SQLITE_CORRUPT', queryFailure('SQLITE_CORRUPT'), 503, 'UNAVAILABLE'],
    ['SQLITE_NOTADB', queryFailure('SQLITE_NOTADB'), 503, 'UNAVAILABLE'],
    [
      'SQLITE_CONSTRAINT',
      queryFailure('SQLITE_CONSTRAINT'),
      500,
      'INTERNAL_ERROR',
    ],
  ])(
    '%s, which is not ours, becomes an answer that tells nothing',
    async (name, error, status, code) => {
      thrown.set(name, error);
      const answer = await get(name);
      expect([answer.status, answer.problem.code]).toEqual([status, code]);
      expect(answer.problem.status).toBe(status);
      expect(answer.everything).not.toContain(CANARY);
      expect(answer.everything).not.toMatch(
        /SELECT|sqlite|\.ts|node_modules| at /i,
      );
      expect(answer.header('retry-after')).toBe(
        status === 503 ? '5' : undefined,
      );
    },
  );

  it.each(FIELD_ERROR_CODES)(
    '%s has a complete message in both languages for every field',
    (code) => {
      for (const field of [
        'username',
        'password',
        'business_name',
        'openai_api_key',
        'system_prompt',
        'skip',
        'limit',
        'x',
        '__proto__',
        '',
      ])
        for (const locale of ['tr', 'en'] as const) {
          const text = fieldErrorMessage(locale, {
            pointer: field === '' ? '' : `/${field}`,
            code,
            params: { min: 1, max: 9 },
          });
          expect(text).toMatch(/^\S.{8,}[.]$/);
          expect(text).not.toMatch(/[{}]|undefined/);
        }
      const [turkish, english] = (['tr', 'en'] as const).map((locale) =>
        fieldErrorMessage(locale, { pointer: '/username', code }),
      );
      expect(turkish).not.toBe(english);
    },
  );
});
