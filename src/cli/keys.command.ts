import { Command } from 'commander';
import { generateEncryptionKey } from '../security/generate-encryption-key.js';
import { toStdout } from '../startup/report.js';

export function keysCommand(): Command {
  const keys = new Command('keys').description('şifreleme anahtarları');
  keys
    .command('generate')
    .description('yeni bir ENCRYPTION_KEY üretir')
    .action(() => toStdout(generateEncryptionKey()));
  return keys;
}
