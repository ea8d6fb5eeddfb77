import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a pending line says, encrypted, because there are passwords and keys in it. Gone as soon as the line is done. */
@Entity('tenant_import_payloads')
export class TenantImportPayload {
  /** The row's. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** Fernet token of the line's `ImportRowDto` as JSON. */
  @Column({ type: 'text' })
  payload: string;

  @Column({ type: 'varchar', length: 8, name: 'payload_kid' })
  payloadKid: string;

  @Column({ type: 'varchar', length: 64, name: 'payload_mac' })
  payloadMac: string;
}

/** The place that a payload is sealed for. */
export function payloadPlace(rowId: number): string {
  return `tenant_import_payloads/${rowId}/payload`;
}
