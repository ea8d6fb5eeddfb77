import type { TestDatabase } from '../helpers/test-database.js';

export interface CorpusRow {
  id: number;
  username: string;
  business_name: string;
  status: 'active' | 'suspended';
  created_at: string | null;
  updated_at: string | null;
}

const BATCH_SIZE = 500;
const NAME = /[^a-z0-9]+/g;

/** Tenants with these names: every seventh suspended, some dates missing and some equal. */
export function corpusRows(names: readonly string[], firstId = 1): CorpusRow[] {
  return names.map((business_name, index) => {
    const id = firstId + index;
    const minute = String(index % 60).padStart(2, '0');
    const day = String(1 + ((index * 7) % 28)).padStart(2, '0');
    const slug = business_name.toLowerCase().replace(NAME, '');
    return {
      id,
      username: `${slug}${index % 3 === 0 ? '_' : '-'}${id}`,
      business_name,
      status: index % 7 === 0 ? 'suspended' : 'active',
      created_at:
        index % 11 === 0 ? null : `2026-03-${day} 10:${minute}:00.000000`,
      updated_at: index % 4 === 0 ? `2026-04-${day} 08:00:00.000000` : null,
    };
  });
}

/** Writes them as the old application would, which knows nothing of what they are found by. */
export async function insertRows(
  database: TestDatabase,
  rows: readonly CorpusRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH_SIZE) {
    const batch = rows.slice(start, start + BATCH_SIZE);
    await database.run(
      `INSERT INTO tenants (id, username, password_hash, business_name, openai_api_key, system_prompt, status, created_at, updated_at)
       VALUES ${batch.map(() => "(?, ?, 'x', ?, '', 'Kısa', ?, ?, ?)").join(', ')}`,
      batch.flatMap((row) => [
        row.id,
        row.username,
        row.business_name,
        row.status,
        row.created_at,
        row.updated_at,
      ]),
    );
  }
}
