import { ConfigError } from '../config/config.error.js';
import { describeError } from '../common/errors/describe-error.js';
import { toStderr } from './report.js';

/** Exit codes of the service and the CLI (64 and 78 are `EX_USAGE` and `EX_CONFIG` of sysexits.h). */
export const ExitCode = {
  Done: 0,
  Failed: 1,
  WrongUsage: 64,
  BadConfig: 78,
} as const;

/** A failure that the operator can understand: its Turkish message is printed as it is. */
export class OperatorError extends Error {
  constructor(
    message: string,
    readonly exitCode: (typeof ExitCode)[keyof typeof ExitCode] = ExitCode.Failed,
  ) {
    super(message);
    this.name = OperatorError.name;
  }
}

/** Says on stderr why the process ends, without anything secret, and gives its exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof ConfigError) {
    toStderr(error.message);
    return ExitCode.BadConfig;
  }
  if (error instanceof OperatorError) {
    toStderr(error.message);
    return error.exitCode;
  }
  toStderr(`Beklenmeyen hata: ${JSON.stringify(describeError(error))}`);
  return ExitCode.Failed;
}
