import { readFileSync } from 'node:fs';
import { fileAt } from './file-at.js';

const UNREACHABLE = 'gösterdiği dosyaya erişilemiyor';

const MAX_BYTES = 64 * 1024;

/**
 * Reads a secret from a file, as Docker and Kubernetes mount them.
 * @returns its text without one trailing line end.
 * @throws Error with a Turkish reason that names neither path nor content.
 */
export function readSecretFile(path: string): string {
  const file = fileAt(path, UNREACHABLE);
  if (file === undefined) throw new Error('gösterdiği dosya yok');
  if (!file.isFile()) throw new Error('bir dosya göstermiyor');
  if (file.size > MAX_BYTES) throw new Error('gösterdiği dosya çok büyük');
  const text = readText(path).replace(/\r?\n$/, '');
  if (text === '') throw new Error('gösterdiği dosya boş');
  return text;
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch {
    throw new Error('gösterdiği dosya okunamıyor');
  }
}
