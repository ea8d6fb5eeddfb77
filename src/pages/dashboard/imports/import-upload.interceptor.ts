import { AsyncResource } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Request } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import { CsrfRejectedError } from '../../../auth/auth.errors.js';
import { CsrfService } from '../../../auth/csrf.service.js';
import {
  MalformedRequestError,
  UnavailableError,
} from '../../../common/errors/common.errors.js';
import { readAwayOnceAnswered } from '../../../http/streamed-body.js';
import { TokenInUpload } from '../../../auth/admin-page.decorators.js';
import { ImportsService } from '../../../imports/imports.service.js';
import { formText } from '../../kit/forms/form-text.js';

/** Of the form around the file; `ImportsService` bounds the file itself. */
const LIMITS = { files: 1, fields: 5, parts: 6, fieldSize: 1024 };

type Callback = (error: unknown) => void;

/** What has become of the file of a form. */
export interface ImportUpload {
  /** Undefined when no file came. */
  importId?: number;
  /** Why the file was not taken. */
  error?: unknown;
}

const uploads = new WeakMap<Request, ImportUpload>();

export function uploadOf(request: Request): ImportUpload {
  return uploads.get(request) ?? {};
}

/**
 * Takes in the file of a form as it arrives, without keeping it anywhere in between.
 * The fields stand before the file, so that its first byte is read only after the CSRF token has been checked.
 */
@Injectable()
export class ImportUploadInterceptor implements NestInterceptor {
  constructor(
    private readonly csrf: CsrfService,
    private readonly imports: ImportsService,
  ) {}

  async intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const upload: ImportUpload = {};
    uploads.set(request, upload);
    readAwayOnceAnswered(request, context.switchToHttp().getResponse());
    try {
      await this.#read(request, context, upload);
    } catch (error) {
      if (error instanceof CsrfRejectedError) throw error;
      upload.error ??= request.readableAborted
        ? new MalformedRequestError('', { cause: error })
        : error;
    }
    this.csrf.assertToken(request, [request.admin?.sessionId]);
    return next.handle();
  }

  /** The reader waits for the end of the form before it says what is wrong; a sender that is too slow is not waited for. */
  #read(
    request: Request,
    context: ExecutionContext,
    upload: ImportUpload,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const reader = new (FileInterceptor('file', {
        limits: LIMITS,
        storage: {
          // What arrives is handled as an event of the connection, which knows nothing of who sent the request.
          _handleFile: AsyncResource.bind(
            (_: Request, { stream }: { stream: Readable }, done: Callback) =>
              void this.#receive(request, stream, upload, (fault) => {
                if (mayNotEnd(fault)) reject(fault);
                done(fault);
              }),
          ),
          _removeFile: (_request: unknown, _file: unknown, done: Callback) =>
            done(null),
        },
      }))();
      void Promise.resolve(
        reader.intercept(context, { handle: () => EMPTY }),
      ).then(resolve, reject);
    });
  }

  async #receive(
    request: Request,
    stream: Readable,
    upload: ImportUpload,
    done: Callback,
  ): Promise<void> {
    let fault: unknown = null;
    try {
      this.csrf.assertToken(request, [request.admin?.sessionId]);
      const dryRun = formText(request.body, 'dry_run') === 'true';
      upload.importId = (
        await this.imports.receive(stream, { dryRun, refuseOtherKinds: true })
      ).id;
    } catch (error) {
      fault = error;
    }
    done(fault);
  }
}

/** Then the rest of the form may never come. */
function mayNotEnd(fault: unknown): boolean {
  return (
    fault instanceof MalformedRequestError || fault instanceof UnavailableError
  );
}

/** A form whose token is checked together with its file: neither comes without the other. */
export const TakesImport = (): MethodDecorator =>
  applyDecorators(TokenInUpload(), UseInterceptors(ImportUploadInterceptor));
