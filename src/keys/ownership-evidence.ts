import { createHmac, randomBytes } from 'node:crypto';
import type { Breather } from '../common/breather.js';
import type { SecretBox, SecretState } from '../security/secret-box.js';
import { canonicalToken } from '../security/python-token.js';
import type { EncryptedRow } from './encrypted-rows.repository.js';

/**
 * What the rows of all tenants tell of a token that is not bound to the row it stands in. A row whose own token was
 * exchanged still has the MAC that ties the old one to it; and whoever holds the same secret in a bound row has it first.
 * Secrets are compared by an HMAC under a key that lives as long as this.
 */
export class OwnershipEvidence {
  readonly #key = randomBytes(32);
  /** Rows with a MAC that does not fit what they hold; the MAC of all others fits their own token and so no other. */
  readonly #robbed: EncryptedRow[] = [];
  /** Ids by digest of the secret, of bound rows. */
  readonly #holders = new Map<string, number>();
  /** Ids by token, spelled properly, of rows that are not bound. */
  readonly #strays = new Map<string, number[]>();

  constructor(private readonly secrets: SecretBox) {}

  /** @param state of the row at its own place. */
  add(row: EncryptedRow, state: SecretState): void {
    if (state === 'ok') {
      const opened = this.secrets.open(row, row.column.place(row.id));
      if (opened.state === 'ok')
        this.#holders.set(this.#digest(opened.secret.reveal()), row.id);
      return;
    }
    if (row.kid !== null && row.mac !== null) this.#robbed.push(row);
    if (state !== 'unreadable') return;
    const token = properly(row.token);
    this.#strays.set(token, [...(this.#strays.get(token) ?? []), row.id]);
  }

  /** @returns the id of the row that a token belongs to rather than to the one that it stands in. */
  async ownerOf(
    { id, token: stored }: EncryptedRow,
    breather: Breather,
  ): Promise<number | undefined> {
    const token = properly(stored);
    const secret = this.secrets.openBare(token);
    // Nobody's, as far as anybody can tell.
    if (secret === undefined) return undefined;
    for (const other of this.#robbed) {
      if (other.id !== id && this.#isOf(other, token)) return other.id;
      await breather.pause();
    }
    return (
      this.#holders.get(this.#digest(secret.reveal())) ??
      this.#strays.get(token)?.find((other) => other !== id)
    );
  }

  #isOf({ id, column, kid, mac }: EncryptedRow, token: string): boolean {
    return this.secrets.stateOf({ token, kid, mac }, column.place(id)) === 'ok';
  }

  #digest(secret: string): string {
    return createHmac('sha256', this.#key).update(secret).digest('base64');
  }
}

/** A blank more makes no other token of it. */
function properly(stored: string): string {
  return canonicalToken(stored) ?? stored;
}
