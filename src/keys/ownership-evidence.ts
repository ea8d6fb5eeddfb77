import { createHmac, randomBytes } from 'node:crypto';
import type { Breather } from '../common/breather.js';
import type { SecretBox, SecretState } from '../security/secret-box.js';
import { canonicalToken } from '../security/python-token.js';
import type { EncryptedRow } from './encrypted-rows.repository.js';

/** Id of the tenant; `other` for what is no tenant's key: a line of an import, the audit trail's key, a check value. */
export type Owner = number | 'other';

/**
 * What the rows of all tenants tell of a token that is not bound to the row it stands in. A row whose own token was
 * exchanged still has the MAC that ties the old one to it; and whoever holds the same secret in a bound row has it first.
 * Secrets are compared by an HMAC under a key that lives as long as this.
 */
export class OwnershipEvidence {
  readonly #key = randomBytes(32);
  /** Rows with a MAC that does not fit what they hold; the MAC of all others fits their own token and so no other. */
  readonly #robbed: EncryptedRow[] = [];
  /** By digest of the secret, of what is bound. */
  readonly #holders = new Map<string, Owner>();
  /** By token, spelled properly: rows that are not bound. */
  readonly #strays = new Map<string, EncryptedRow[]>();

  constructor(private readonly secrets: SecretBox) {}

  /** @param state of the row at its own place. */
  add(row: EncryptedRow, state: SecretState): void {
    if (state === 'ok') {
      const opened = this.secrets.open(row, row.column.place(row.id));
      if (opened.state === 'ok')
        this.#holders.set(this.#digest(opened.secret.reveal()), ownerOf(row));
      return;
    }
    if (row.kid !== null && row.mac !== null) this.#robbed.push(row);
    if (state !== 'unreadable') return;
    const token = properly(row.token);
    this.#strays.set(token, [...(this.#strays.get(token) ?? []), row]);
  }

  /** @param token of something that is no row's secret. */
  addOther(token: string): void {
    const secret = this.secrets.openBare(token);
    if (secret !== undefined)
      this.#holders.set(this.#digest(secret.reveal()), 'other');
  }

  /** @returns what a token belongs to rather than to the row that it stands in. */
  async ownerOf(
    row: EncryptedRow,
    breather: Breather,
  ): Promise<Owner | undefined> {
    const token = properly(row.token);
    const secret = this.secrets.openBare(token);
    // Nobody's, as far as anybody can tell.
    if (secret === undefined) return undefined;
    for (const other of this.#robbed) {
      if (!isSameRow(other, row) && this.#isOf(other, token))
        return ownerOf(other);
      await breather.pause();
    }
    const holder = this.#holders.get(this.#digest(secret.reveal()));
    if (holder !== undefined) return holder;
    const stray = this.#strays
      .get(token)
      ?.find((other) => !isSameRow(other, row));
    if (stray !== undefined) return ownerOf(stray);
    // A line of an import that is erased by now: no key is a JSON object.
    return secret.reveal().startsWith('{') ? 'other' : undefined;
  }

  #isOf({ id, column, kid, mac }: EncryptedRow, token: string): boolean {
    return this.secrets.stateOf({ token, kid, mac }, column.place(id)) === 'ok';
  }

  #digest(secret: string): string {
    return createHmac('sha256', this.#key).update(secret).digest('base64');
  }
}

function ownerOf({ column, id }: EncryptedRow): Owner {
  return column.owner === undefined ? 'other' : id;
}

/** A tenant keeps its id where it goes to the bin. */
function isSameRow(one: EncryptedRow, other: EncryptedRow): boolean {
  return ownerOf(one) === ownerOf(other) && one.id === other.id;
}

/** A blank more makes no other token of it. */
function properly(stored: string): string {
  return canonicalToken(stored) ?? stored;
}
