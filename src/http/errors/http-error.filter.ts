import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Logger,
} from '@nestjs/common';
import type { Application, Request, Response } from 'express';
import { isProgramPath } from '../api-paths.js';
import { contextOf } from '../request-context.js';
import { UnavailableError } from '../../common/errors/common.errors.js';
import type { DomainError } from '../../common/errors/domain.error.js';
import { describeError } from '../../common/errors/describe-error.js';
import { toProblemDetails } from './problem-details.dto.js';
import { toDomainError } from './to-domain-error.js';

/** The one place where errors become answers: problem+json for programs, a page for people. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(HttpErrorFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toDomainError(thrown);
    if (error.status >= 500) this.#log(error, response);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(error.status).set(error.headers);
    if (isProgramPath(request.path) || !hasPages(request.app))
      sendProblem(response, error);
    else sendPage(response, error);
  }

  #log(error: DomainError, response: Response): void {
    const { requestId } = contextOf(response);
    const entry = { request_id: requestId, code: error.code };
    // We refuse by ourselves, as we are told to where too much is asked of us: the callers decide how often.
    if (error instanceof UnavailableError && error.cause === undefined)
      this.#logger.warn(entry);
    else
      this.#logger.error({
        ...entry,
        error: describeError(error.cause ?? error),
      });
  }
}

/** Only where the role is: the others have no templates. */
function hasPages(app: Application): boolean {
  return app.get('view engine') !== undefined;
}

function sendProblem(response: Response, error: DomainError): void {
  const problem = toProblemDetails(error, contextOf(response));
  response.type('application/problem+json').send(JSON.stringify(problem));
}

function sendPage(response: Response, error: DomainError): void {
  if (error.status === 303) {
    response.end();
    return;
  }
  response.render('errors/error', {
    code: error.code,
    status: error.status,
    requestId: contextOf(response).requestId,
  });
}
