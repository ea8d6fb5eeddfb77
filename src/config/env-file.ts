import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { draftOf, giveName } from '../common/new-file.js';
import { ConfigError } from './config.error.js';
import { parseEnv } from './env-syntax.js';
import { fillIn, ValueTooLongError } from './fill-in.js';
import type { RawEnv } from './load-config.js';
import { readEnvFile } from './read-env-file.js';

export function envFilePath(): string {
  return resolve('.env');
}

/**
 * The process environment merged with `.env` in the working directory; the environment wins where it holds something.
 * Names may be written in any case, as the old application allowed; they are in upper case here.
 * @throws ConfigError when `.env` cannot be read.
 */
export function readEnvironment(): RawEnv {
  const fromProcess = Object.entries(process.env).flatMap(([name, value]) =>
    value ? [[name, value] as const] : [],
  );
  return { ...byName(fromFile()), ...byName(fromProcess) };
}

function fromFile(): Iterable<readonly [string, string]> {
  try {
    return fillIn(parseEnv(readEnvFile(envFilePath())), process.env);
  } catch (error) {
    if (!(error instanceof ValueTooLongError)) throw error;
    const reason = 'değişkenler yerine konunca çok uzuyor';
    throw new ConfigError([{ variable: error.variable, reason }]);
  }
}

/** Of several spellings of a name the one in upper case wins, else the last. */
function byName(entries: Iterable<readonly [string, string]>): RawEnv {
  const upperCaseLast = [...entries].toSorted(
    ([one], [other]) => Number(isUpperCase(one)) - Number(isUpperCase(other)),
  );
  return Object.fromEntries(
    upperCaseLast.map(([name, value]) => [name.toUpperCase(), value]),
  );
}

function isUpperCase(name: string): boolean {
  return name === name.toUpperCase();
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
