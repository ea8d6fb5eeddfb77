import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { utcDate } from '../database/utc-date.transformer.js';

/** Work that is to be done later, by any process that has the role `worker`. It is gone when it is done. */
@Entity('jobs')
export class Job {
  @PrimaryGeneratedColumn()
  id: number;

  /** Which feature's: the name under which its handler is registered. */
  @Column({ type: 'varchar', length: 32 })
  kind: string;

  /** What it is about, an id as a rule; never anything that somebody may want erased. There is one job for each. */
  @Column({ type: 'varchar', length: 64 })
  subject: string;

  /** The process that has it in its hands; null when nobody has. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  holder: string | null;

  /** Raised by the holder as long as it lives: see `JobLease`. */
  @Column({ type: 'integer', default: 0 })
  lease: number;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;
}

/** A job that this process has in its hands. */
export type HeldJob = Pick<Job, 'id' | 'kind' | 'subject'> & { holder: string };
