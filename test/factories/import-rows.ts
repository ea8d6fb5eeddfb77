/** A hash of the right form that belongs to no password. */
export const SOME_HASH = `$2b$12$${'x'.repeat(53)}`;

/** Lines of an import, as programs write them. */
export function importRow(
  username: string,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    username,
    password_hash: SOME_HASH,
    business_name: `${username} Şubesi`,
    openai_api_key: `sk-${username.padStart(30, '0')}`,
    ...overrides,
  };
}

export function ndjson(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** A file each of whose rows takes a hash, so that something can happen in between. */
export function slowImport(name: string, rows: number): string {
  return ndjson(
    Array.from({ length: rows }, (_, index) =>
      importRow(`${name}-${index}`, {
        password_hash: undefined,
        password: 'parola-parola',
      }),
    ),
  );
}
