import { sql } from '../helpers/test-database.js';

/** Nearly as long as prompts may be, of the characters that take most. */
const EMOJIS = 31_000;

/** Tenants 1 to `count`, and as many in the bin, each with a prompt of 121 KiB. */
export async function longPrompts(file: string, count: number): Promise<void> {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const prompt = `replace(hex(zeroblob(${EMOJIS / 2})), '0', '😀')`;
  const columns =
    'id, username, password_hash, business_name, openai_api_key, system_prompt';
  await sql(
    file,
    `${numbers} INSERT INTO tenants (${columns})
     SELECT i, 'uzun-' || i, 'x', 'Uzun ' || i, '', ${prompt} FROM n`,
  );
  await sql(
    file,
    `INSERT INTO deleted_tenants (${columns}, deleted_at)
     SELECT id + ${count}, username, password_hash, business_name, '', system_prompt, strftime('%Y-%m-%d %H:%M:%S', 'now') FROM tenants`,
  );
}
