import { lstatSync, readFileSync, statSync, type Stats } from 'node:fs';
import { ConfigError } from './config.error.js';

const MAX_ENV_BYTES = 256 * 1024;

const REASONS: Record<string, string> = {
  EACCES: 'okunamıyor; dosya izinlerini denetleyin',
  EPERM: 'okunamıyor; dosya izinlerini denetleyin',
  ELOOP: 'kendisini gösteren bir bağlantı',
};

/**
 * The text of a `.env` file; empty where there is none, or where a device such as /dev/null hides it.
 * @throws ConfigError when what is there is no file of text that can be read.
 */
export function readEnvFile(path: string): string {
  const file = statOf(path);
  if (file === undefined || file.isCharacterDevice()) return '';
  if (!file.isFile())
    throw unusable('bir dosya değil; klasörü, boruyu ya da soketi kaldırın');
  if (file.size > MAX_ENV_BYTES)
    throw unusable(`çok büyük; en çok ${MAX_ENV_BYTES / 1024} KiB olabilir`);
  const bytes = attempt(() => readFileSync(path));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable(
      'UTF-8 ile yazılmamış; düzenleyicinizde UTF-8 olarak kaydedin',
    );
  }
}

function statOf(path: string): Stats | undefined {
  return attempt(() => {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file === undefined && lstatSync(path, { throwIfNoEntry: false }))
      throw unusable('olmayan bir dosyayı gösteren bir bağlantı');
    return file;
  });
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code =
      error instanceof Error && 'code' in error ? String(error.code) : '';
    throw unusable(REASONS[code] ?? 'okunamıyor');
  }
}

function unusable(reason: string): ConfigError {
  return new ConfigError([{ variable: '.env', reason }]);
}
