import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { utcDate } from '../../database/utc-date.transformer.js';

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
}
