import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { TenantColumns } from './tenant-columns.js';

/** A business that has a receptionist. */
@Entity('tenants')
export class Tenant extends TenantColumns {
  @PrimaryGeneratedColumn()
  id: number;
}

/** The place that a tenant's key is sealed for. */
export function openAiKeyPlace(tenantId: number): string {
  return `tenants/${tenantId}/openai_api_key`;
}
