import { Command } from 'commander';
import { adminCommand } from './admin.command.js';
import { auditCommand } from './audit.command.js';
import { standardOutput } from '../startup/output.js';
import { databaseCommand } from './database.command.js';
import { keysCommand } from './keys.command.js';
import { tenantsCommand } from './tenants.command.js';
import { tokenCommand } from './token.command.js';

/**
 * The operator's commands. Secrets come by stdin, a file or the environment, never in arguments.
 * `*.command.ts` say what there is; what it does stands apart and is loaded when it is called, because that loads the application,
 * which takes a second.
 */
export function createProgram(): Command {
  const program = new Command('cli')
    .description('Sanal Resepsiyonist yönetim komutları')
    .exitOverride()
    .configureOutput({ writeOut: (text) => standardOutput().write(text) })
    .configureHelp({ showGlobalOptions: true });
  for (const command of [
    adminCommand(),
    tokenCommand(),
    tenantsCommand(),
    keysCommand(),
    auditCommand(),
    databaseCommand(),
  ]) {
    program.addCommand(command);
  }
  return inheritExit(program);
}

/** Commander does not hand `exitOverride` down to commands that are added. */
function inheritExit(command: Command): Command {
  for (const child of command.commands)
    inheritExit(child.copyInheritedSettings(command));
  return command;
}
