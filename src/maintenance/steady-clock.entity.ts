import { Column, Entity, PrimaryColumn } from 'typeorm';
import { utcDate } from '../database/utc-date.transformer.js';

/** What `SteadyTime` is over restarts and for all processes. One row. */
@Entity('steady_clock')
export class SteadyClockState {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ type: 'varchar', name: 'trusted_at', transformer: utcDate })
  trustedAt: Date;

  @Column({ type: 'integer', name: 'gap_ms' })
  gapMs: number;

  @Column({
    type: 'varchar',
    name: 'noticed_at',
    transformer: utcDate,
    nullable: true,
  })
  noticedAt: Date | null;
}
