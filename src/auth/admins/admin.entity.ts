import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  decidingUtcDate,
  utcDate,
} from '../../database/utc-date.transformer.js';

/** Somebody who runs the tenants from the dashboard. */
@Entity('admins')
export class Admin {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ type: 'varchar', length: 100 })
  username: string;

  @Column({ type: 'varchar', length: 255, name: 'password_hash' })
  passwordHash: string;

  @Column({ type: 'varchar', name: 'created_at', transformer: utcDate })
  createdAt: Date;

  @Column({
    type: 'varchar',
    name: 'updated_at',
    transformer: utcDate,
    nullable: true,
  })
  updatedAt: Date | null;

  /** Null while the admin may sign in. */
  @Column({
    type: 'varchar',
    name: 'disabled_at',
    transformer: decidingUtcDate,
    nullable: true,
  })
  disabledAt: Date | null;

  /** Null when it has never happened, or not since this is kept. */
  @Column({
    type: 'varchar',
    name: 'last_signed_in_at',
    transformer: utcDate,
    nullable: true,
  })
  lastSignedInAt: Date | null;
}
