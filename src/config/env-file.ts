import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';
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
  const file = envFilePath();
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const fromFile = Object.entries(parse(text.replace(BYTE_ORDER_MARK, ''))).map(
    ([name, value]) => [name.toUpperCase(), value],
  );
  const fromProcess = Object.entries(process.env).filter(
    ([, value]) => value !== '',
  );
  return Object.fromEntries([...fromFile, ...fromProcess]);
}

/**
 * Writes a new `.env`, readable by its owner alone.
 * @throws Error with code EEXIST when there is one already: an existing file is never changed.
 */
export function writeEnvFile(values: Record<string, string>): string {
  const file = envFilePath();
  const lines = Object.entries(values).map(
    ([name, value]) => `${name}=${value}\n`,
  );
  const header =
    '# İlk çalıştırmada üretildi. ENCRYPTION_KEY kaybolursa saklı anahtarlar okunamaz: yedekleyin.\n# Bütün değişkenler .env.example dosyasında açıklanır.\n';
  writeFileSync(file, header + lines.join(''), { mode: 0o600, flag: 'wx' });
  return file;
}
