import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../common/errors/common.errors.js';
import { DatabaseFiles, type Misplaced } from './database-files.js';
import { isStorageFault } from './query-errors.js';
import { execute } from './sqlite.js';

const RETRY_AFTER_SECONDS = 5;

const RESTART =
  'The service takes no changes until it is started again on the right file.';
const ADVICE = {
  gone: 'Put back what was moved away: the service then goes on by itself.',
  replaced: RESTART,
};
const LOG_GONE = `The write-ahead log was removed while it was in use; what it held has been written into the database file. ${RESTART}`;

/** Whether what is written is kept. */
@Injectable()
export class Storage {
  readonly #logger = new Logger(Storage.name);
  #known: Misplaced | undefined;
  #failed = false;

  constructor(
    @InjectDataSource() private readonly writer: DataSource,
    private readonly files: DatabaseFiles,
  ) {}

  get isInPlace(): boolean {
    const found = this.files.misplaced();
    if (
      found?.file !== this.#known?.file ||
      found?.fault !== this.#known?.fault
    )
      this.#tell(found);
    return found === undefined;
  }

  /** Whether the last write has failed for a fault of the disk. */
  get hasFailed(): boolean {
    return this.#failed;
  }

  /**
   * The quick look before a write; `assertInPlace` looks at everything after it.
   * @throws UnavailableError
   */
  assertLikelyInPlace(): void {
    if (this.#known !== undefined || !this.files.isDatabaseInPlace)
      this.assertInPlace();
  }

  /** @throws UnavailableError when what is written would not be found again. */
  assertInPlace(): void {
    if (!this.isInPlace) throw new UnavailableError(RETRY_AFTER_SECONDS);
  }

  noteWritten(): void {
    this.#failed = false;
  }

  /** @param error of a write. */
  noteFailure(error: unknown): void {
    if (isStorageFault(error)) this.#failed = true;
  }

  #tell(found: Misplaced | undefined): void {
    this.#known = found;
    if (found === undefined) {
      this.#logger.log('the files of the database are where they were again');
      return;
    }
    const { file, fault } = found;
    const rescued = file === 'wal' && fault === 'gone';
    this.#logger.error({
      msg: 'a file of the database is not the one that is in use any more',
      file,
      fault,
      advice: rescued ? LOG_GONE : ADVICE[fault],
    });
    // Only this process still has it; nobody else can have begun another.
    if (rescued)
      void execute(this.writer, 'PRAGMA wal_checkpoint(PASSIVE)').catch(() => {
        // A transaction was under way: the next look tries again.
        this.#known = undefined;
      });
  }
}
