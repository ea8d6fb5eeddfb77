import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../../common/errors/common.errors.js';
import { describeError } from '../../common/errors/describe-error.js';
import { DatabaseFiles, type Misplaced } from './database-files.js';
import { isStorageFault } from '../query-errors.js';
import { putBackLog } from './put-back-log.js';

const RETRY_AFTER_SECONDS = 5;

const RESTART =
  'The service takes no changes until it is started again on the right file.';
const ADVICE = {
  gone: 'Put back what was moved away: the service then goes on by itself.',
  replaced: RESTART,
};
const LOG_GONE =
  'The write-ahead log was removed while it was in use. What it holds is not yet saved: do not stop the service before it says so.';
const LOG_PUT_BACK = `A copy of the removed write-ahead log stands in its place: nothing is lost. ${RESTART}`;

/** Whether what is written is kept. */
@Injectable()
export class Storage implements BeforeApplicationShutdown {
  readonly #logger = new Logger(Storage.name);
  #known: Misplaced | undefined;
  #failed = false;
  #puttingBack: Promise<void> | undefined;
  #isToldOfFailure = false;

  constructor(
    @InjectDataSource() private readonly writer: DataSource,
    private readonly files: DatabaseFiles,
  ) {}

  get isInPlace(): boolean {
    // The copy of the log comes into its place in the meantime.
    if (this.#puttingBack !== undefined) return false;
    const found = this.files.misplaced();
    if (
      found?.file !== this.#known?.file ||
      found?.fault !== this.#known?.fault
    )
      this.#tell(found);
    if (isLogGone(found)) this.#putBack();
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

  /** The connections are closed after this, and with them goes a log that nobody else can read. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.isInPlace) await this.#puttingBack;
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
    this.#logger.error({
      msg: 'a file of the database is not the one that is in use any more',
      file,
      fault,
      advice: isLogGone(found) ? LOG_GONE : ADVICE[fault],
    });
  }

  /** Each look tries again, until it is done. */
  #putBack(): void {
    this.#puttingBack ??= putBackLog(this.writer, this.files)
      .then(() => {
        this.#isToldOfFailure = false;
        // What stands there now is the copy.
        this.#known = this.files.misplaced();
        this.#logger.error({ msg: 'the log is saved', advice: LOG_PUT_BACK });
      })
      .catch((error: unknown) => {
        if (this.#isToldOfFailure) return;
        this.#isToldOfFailure = true;
        this.#logger.error({
          msg: 'the log is not yet saved',
          error: describeError(error),
        });
      })
      .finally(() => (this.#puttingBack = undefined));
  }
}

function isLogGone(found: Misplaced | undefined): boolean {
  return found?.file === 'wal' && found.fault === 'gone';
}
