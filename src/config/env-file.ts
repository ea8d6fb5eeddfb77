import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
import { draftOf, giveName } from '../common/new-file.js';
import { ConfigError } from './config.error.js';
import type { RawEnv } from './load-config.js';

const BYTE_ORDER_MARK = '\uFEFF';

export function envFilePath(): string {
  return resolve('.env');
}

/**
 * The process environment merged with `.env` in the working directory; the environment wins where it holds something.
 * Names in the file may be written in lower case, as the old application allowed.
 */
export function readEnvironment(): RawEnv {
  const fromFile = Object.entries(parse(readEnvFile())).map(([name, value]) => [
    name.toUpperCase(),
    value,
  ]);
  const fromProcess = Object.entries(process.env).filter(
    ([, value]) => value !== '',
  );
  return Object.fromEntries([...fromFile, ...fromProcess]);
}

function readEnvFile(): string {
  const file = envFilePath();
  if (!existsSync(file)) return '';
  try {
    return readFileSync(file, 'utf8').replace(BYTE_ORDER_MARK, '');
  } catch {
    throw new ConfigError([{ variable: '.env', reason: 'okunamıyor' }]);
  }
}

/**
 * Writes a new `.env`, readable by its owner alone.
 * @throws FileExistsError when there is one already: an existing file is never changed.
 */
export function writeEnvFile(values: Record<string, string>): string {
  const file = envFilePath();
  const lines = Object.entries(values).map(
    ([name, value]) => `${name}=${value}\n`,
  );
  const header =
    '# İlk çalıştırmada üretildi. ENCRYPTION_KEY kaybolursa saklı anahtarlar okunamaz: yedekleyin.\n# Bütün değişkenler .env.example dosyasında açıklanır.\n';
  const draft = draftOf(file);
  // Linked into place when it is whole: another process that starts here never reads half of it.
  try {
    writeFileSync(draft, header + lines.join(''), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    giveName(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return file;
}
