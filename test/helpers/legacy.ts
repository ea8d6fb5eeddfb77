import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from './paths.js';

export interface LegacyTenant {
  id: number;
  username: string;
  password: string;
  business_name: string;
  system_prompt: string;
  openai_api_key: string;
  readable: boolean;
  /** UTC, `YYYY-MM-DDTHH:MM:SS`. */
  created_at: string;
  updated_at: string | null;
}

/** What the fixture holds, which the old application wrote. */
export const legacy = JSON.parse(
  readFileSync(projectPath('test/fixtures/legacy/expected.json'), 'utf8'),
) as { encryption_key: string; tenants: LegacyTenant[] };

export const LEGACY_COLUMNS =
  'id, username, password_hash, business_name, openai_api_key, system_prompt, created_at, updated_at';

/** Copies the fixture under the old application's default name. */
export function copyLegacyDatabase(folder: string): string {
  const file = join(folder, 'randevu_asistani.db');
  copyFileSync(projectPath('test/fixtures/legacy/randevu_asistani.db'), file);
  return file;
}

export function backupsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes('.backup-'));
}
