import { Column, Entity } from 'typeorm';
import { StoredSession } from '../../auth/sessions/stored-session.js';

@Entity('tenant_sessions')
export class TenantSession extends StoredSession {
  @Column({ type: 'integer', name: 'tenant_id' })
  tenantId: number;

  /** Signature of the password hash that the session began with. */
  @Column({ type: 'varchar', length: 43, name: 'password_tag' })
  passwordTag: string;
}
