import { CommanderError } from 'commander';
import { createProgram } from './cli/program.js';
import { ExitCode, reportFailure } from './startup/exit-codes.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.exit(reportFailure(error));
  // Commander has printed what is wrong; `--help` and `--version` end here too, with 0.
  process.exit(error.exitCode === 0 ? ExitCode.Done : ExitCode.WrongUsage);
}
