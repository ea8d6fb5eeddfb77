import { ConfigError } from '../config/config.error.js';
import { describeError } from '../common/errors/describe-error.js';
import { WriteRefusedError } from '../common/errors/write-refused.error.js';
import { storageSentence } from './storage-sentence.js';
import { OutputError } from './output.js';
import { toStderr } from './report.js';

/** Exit codes of the service and the CLI (64 and 78 are `EX_USAGE` and `EX_CONFIG` of sysexits.h). */
export const ExitCode = {
  Done: 0,
  Failed: 1,
  WrongUsage: 64,
  BadConfig: 78,
} as const;

/** A failure that the operator can understand: its Turkish message is printed as it is, an empty one not at all. */
export class OperatorError extends Error {
  constructor(
    message: string,
    readonly exitCode: (typeof ExitCode)[keyof typeof ExitCode] = ExitCode.Failed,
  ) {
    super(message);
    this.name = OperatorError.name;
  }
}

/**
 * What a command says whose output is all that counts: it has failed, though a broken pipe is nothing to complain of.
 * @param outcome what became of it, in Turkish.
 */
export function undelivered(error: unknown, outcome = ''): unknown {
  if (!(error instanceof OutputError)) return error;
  return new OperatorError(
    error.isBrokenPipe ? '' : `${error.message} ${outcome}`.trimEnd(),
  );
}

/** Says on stderr why the process ends, without anything secret, and gives its exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof ConfigError) {
    toStderr(error.message);
    return ExitCode.BadConfig;
  }
  if (error instanceof OperatorError) {
    if (error.message !== '') toStderr(error.message);
    return error.exitCode;
  }
  if (error instanceof WriteRefusedError) {
    toStderr(
      'Veritabanına sonradan eklenmiş bir kural (tetikleyici) bu değişikliği reddetti; kuralı kaldırıp yeniden deneyin.',
    );
    return ExitCode.Failed;
  }
  if (error instanceof OutputError) {
    if (error.isBrokenPipe) return ExitCode.Done;
    toStderr(error.message);
    return ExitCode.Failed;
  }
  const sentence = storageSentence(error);
  if (sentence !== undefined) {
    toStderr(sentence);
    return ExitCode.Failed;
  }
  toStderr(`Beklenmeyen hata: ${JSON.stringify(describeError(error))}`);
  return ExitCode.Failed;
}
