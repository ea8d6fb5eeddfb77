import { createWriteStream, fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';

const STDOUT = 1;

const FAULTS: Record<string, string> = {
  ENOSPC: 'diskte yer yok',
  EDQUOT: 'diskte yer yok',
  EFBIG: 'dosya çok büyüdü',
};

/** What was written to standard output has not arrived. */
export class OutputError extends Error {
  /** Whoever read has had enough, as `head` does: nothing to complain of. */
  readonly isBrokenPipe: boolean;

  constructor(cause: NodeJS.ErrnoException) {
    const reason = FAULTS[cause.code ?? ''] ?? 'yazma hatası';
    super(`Çıktı yazılamadı: ${reason}.`, { cause });
    this.name = OutputError.name;
    this.isBrokenPipe = cause.code === 'EPIPE';
  }
}

let fault: NodeJS.ErrnoException | undefined;
let stdout: Writable | undefined;

/** The names of standard output where a command takes the name of a file. */
export function isStandardOutput(name: string): boolean {
  return name === '-' || name === '/dev/stdout';
}

/** Standard output. It never throws or emits: `delivered` tells. */
export function standardOutput(): Writable {
  stdout ??= open();
  return stdout;
}

/**
 * Resolves when all that was written so far is handed on.
 * @throws OutputError when it could not be.
 */
export async function delivered(): Promise<void> {
  if (stdout !== undefined && fault === undefined)
    await new Promise<void>((resolve) => {
      stdout?.write('', () => setImmediate(resolve));
    });
  if (fault !== undefined) throw new OutputError(fault);
}

/** From now on a reader that has gone or a full disk interrupts nothing. */
export function surviveLostReaders(): void {
  process.stdout.on('error', (error) => (fault ??= error));
  // Whoever cannot be told what went wrong cannot be told that either.
  process.stderr.on('error', () => undefined);
}

function open(): Writable {
  if (isatty(STDOUT) || !isFile()) return process.stdout;
  // Node's own writes the beginning of a piece only where the disk has no room for its end, and says nothing.
  const file = createWriteStream('', { fd: STDOUT, autoClose: false });
  return file.on('error', (error) => (fault ??= error));
}

function isFile(): boolean {
  const stats = fstatSync(STDOUT);
  return stats.isFile() || stats.isCharacterDevice();
}
