import { CommanderError } from 'commander';
import { createProgram } from './cli/program.js';
import { ExitCode, reportFailure } from './startup/exit-codes.js';
import { delivered, surviveLostReaders } from './startup/output.js';
import { endWithoutSecrets } from './startup/process-end.js';

surviveLostReaders();
endWithoutSecrets();
let code: number = ExitCode.Done;
try {
  await createProgram().parseAsync();
} catch (error) {
  // Commander has printed what is wrong; `--help` and `--version` end here too, with 0.
  code =
    error instanceof CommanderError
      ? error.exitCode && ExitCode.WrongUsage
      : reportFailure(error);
}
try {
  await delivered();
} catch (error) {
  // What has failed before has been told.
  if (code === ExitCode.Done) code = reportFailure(error);
}
process.exit(code);
