import { OperatorError } from '../startup/exit-codes.js';

const LONGEST_SECRET_BYTES = 64 * 1024;

/**
 * Reads a secret from stdin.
 * @returns its text without one trailing line end.
 * @throws OperatorError when it is empty, too long or not UTF-8.
 */
export async function readSecretFromStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_SECRET_BYTES) throw new OperatorError('stdin çok uzun');
    chunks.push(chunk);
  }
  const text = decode(Buffer.concat(chunks)).replace(/\r?\n$/, '');
  if (text === '')
    throw new OperatorError('stdin boş: parolayı stdin üzerinden verin');
  return text;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OperatorError('stdin UTF-8 değil');
  }
}
