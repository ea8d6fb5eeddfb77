import { Column, Entity } from 'typeorm';
import { StoredSession } from './stored-session.js';

@Entity('admin_sessions')
export class AdminSession extends StoredSession {
  @Column({ type: 'integer', name: 'admin_id' })
  adminId: number;
}
