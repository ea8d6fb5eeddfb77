import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { OperatorError } from '../startup/exit-codes.js';

const MAX_SECRET_BYTES = 64 * 1024;
const PROMPT = 'Parola (görünmez): ';

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/**
 * Reads a secret: from a terminal one line, which is asked for on stderr and not shown; from anything else all of it.
 * @returns its text without one trailing line end.
 * @throws OperatorError when it is empty, too long or not UTF-8.
 */
export async function readSecretFromStdin(
  input: Input = process.stdin,
  messages: NodeJS.WritableStream = process.stderr,
): Promise<string> {
  const text = input.isTTY
    ? await ask(input, messages)
    : decode(await readAll(input)).replace(/\r?\n$/, '');
  if (text === '')
    throw new OperatorError('stdin boş: parolayı stdin üzerinden verin');
  return text;
}

/** @returns the line; an empty one when the terminal is closed instead. */
async function ask(
  input: Input,
  messages: NodeJS.WritableStream,
): Promise<string> {
  messages.write(PROMPT);
  // Whatever is typed would be shown there.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
      lines.once('SIGINT', () => reject(new OperatorError('')));
    });
    if (line.includes('\u{FFFD}')) throw new OperatorError('stdin UTF-8 değil');
    return line;
  } finally {
    lines.close();
    messages.write('\n');
  }
}

async function readAll(input: Input): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_SECRET_BYTES) throw new OperatorError('stdin çok uzun');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OperatorError('stdin UTF-8 değil');
  }
}
