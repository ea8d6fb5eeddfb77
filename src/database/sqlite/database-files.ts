import {
  type BigIntStats,
  fstatSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** What SQLite has open of a database in WAL mode: whoever opens it by name has to meet the same three. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

export type DatabaseFile = 'database' | 'wal' | 'shm';
const NAMES = { '': 'database', '-wal': 'wal', '-shm': 'shm' } as const;

/** The process's own open files, on Linux and macOS. */
const OPEN_FILES = '/dev/fd';

/** `gone`: nothing is there any more; `replaced`: another file is. */
export interface Misplaced {
  file: DatabaseFile;
  fault: 'gone' | 'replaced';
}

interface OpenFile {
  file: DatabaseFile;
  path: string;
  identity: string;
}

/**
 * Which files the writer has open. SQLite goes on with a file that is moved away, removed or replaced, and what it writes
 * from then on is found by nobody.
 */
@Injectable()
export class DatabaseFiles {
  readonly #opened: readonly OpenFile[];

  /** @param writer connected, and used once: SQLite opens the log when it first reads. */
  constructor(@InjectDataSource() writer: DataSource) {
    const path = String(writer.options.database);
    // SQLite follows links, and keeps the log beside what they lead to.
    const real = realpathSync(path);
    this.#opened = SUFFIXES.flatMap((suffix) => {
      const place = suffix === '' ? path : real + suffix;
      const identity = identityOf(place);
      return identity === undefined
        ? []
        : [{ file: NAMES[suffix], path: place, identity }];
    });
  }

  /** Whether the database itself is; a quarter of the time that all three take. */
  get isDatabaseInPlace(): boolean {
    const [database] = this.#opened;
    return (
      database !== undefined && identityOf(database.path) === database.identity
    );
  }

  /** The first file that is not where it was opened; undefined when all is well. A few microseconds. */
  misplaced(): Misplaced | undefined {
    for (const { file, path, identity } of this.#opened) {
      const found = identityOf(path);
      if (found !== identity)
        return { file, fault: isThere(file, path) ? 'replaced' : 'gone' };
    }
    return undefined;
  }

  /** The log that SQLite reads and writes, wherever it is; undefined where the system does not tell. */
  openLog(): { path: string; descriptor: number } | undefined {
    const log = this.#opened.find(({ file }) => file === 'wal');
    if (log === undefined) return undefined;
    const descriptor = readdirSync(OPEN_FILES)
      .map(Number)
      .find((open) => identityOfOpen(open) === log.identity);
    return descriptor === undefined
      ? undefined
      : { path: log.path, descriptor };
  }
}

/** An empty log is what the next program has made that opened the database: nobody has anything in it. */
function isThere(file: DatabaseFile, path: string): boolean {
  if (file !== 'wal') return identityOf(path) !== undefined;
  try {
    return statSync(path).size > 0;
  } catch {
    return false;
  }
}

/** Undefined for one that is closed by now. */
function identityOfOpen(descriptor: number): string | undefined {
  try {
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** Undefined where nothing is, or nothing can be reached. */
function identityOf(path: string): string | undefined {
  try {
    const found: BigIntStats | undefined = statSync(path, {
      bigint: true,
      throwIfNoEntry: false,
    });
    return found && `${found.dev}:${found.ino}`;
  } catch {
    return undefined;
  }
}
