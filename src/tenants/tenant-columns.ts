import { Column } from 'typeorm';
import { textTransformer } from '../database/stored-text.js';
import { utcDate } from '../database/utc-date.transformer.js';

/** What a tenant is in every table that holds tenants. With the id, the first seven are the old application's. */
export abstract class TenantColumns {
  abstract id: number;

  @Column({ type: 'varchar', length: 100 })
  username: string;

  @Column({ type: 'varchar', length: 255, name: 'password_hash' })
  passwordHash: string;

  @Column({ type: 'varchar', length: 255, name: 'business_name' })
  businessName: string;

  /** Fernet token; empty when there is none. */
  @Column({
    type: 'text',
    name: 'openai_api_key',
    transformer: textTransformer,
  })
  openaiApiKey: string;

  @Column({ type: 'text', name: 'system_prompt' })
  systemPrompt: string;

  @Column({
    type: 'varchar',
    name: 'created_at',
    transformer: utcDate,
    nullable: true,
  })
  createdAt: Date | null;

  @Column({
    type: 'varchar',
    name: 'updated_at',
    transformer: utcDate,
    nullable: true,
  })
  updatedAt: Date | null;

  @Column({ type: 'varchar', length: 16, default: 'active' })
  status: string;

  /** Begins at 1, grows by one with each change. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Key id, binding and last characters of the token; null while it is not bound to this tenant. */
  @Column({
    type: 'varchar',
    length: 8,
    name: 'openai_api_key_kid',
    transformer: textTransformer,
    nullable: true,
  })
  openaiApiKeyKid: string | null;

  @Column({
    type: 'varchar',
    length: 64,
    name: 'openai_api_key_mac',
    transformer: textTransformer,
    nullable: true,
  })
  openaiApiKeyMac: string | null;

  @Column({
    type: 'varchar',
    length: 4,
    name: 'openai_api_key_hint',
    transformer: textTransformer,
    nullable: true,
  })
  openaiApiKeyHint: string | null;
}
