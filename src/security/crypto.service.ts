import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.js';
import {
  SecretBox,
  type SealedSecret,
  type SecretState,
  type StoredSecret,
} from './secret-box.js';
import type { OpenedSecret } from './secret.js';

/** Hashes passwords and encrypts secrets; knows nothing of whose they are. */
@Injectable()
export class CryptoService {
  constructor(
    private readonly passwords: PasswordHasher,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * @param password at most 72 UTF-8 bytes in NFC, which is the form that is hashed.
   * @throws UnavailableError when too many passwords wait to be hashed.
   */
  hashPassword(password: string): Promise<string> {
    return this.passwords.hash(password.normalize('NFC'));
  }

  /**
   * @param hash undefined when there is no such account: takes as long, gives false.
   * @throws UnavailableError when too many passwords wait to be verified.
   */
  verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
    return this.passwords.verify(password.normalize('NFC'), hash);
  }

  /** Whether a password that has just been verified should be hashed anew. */
  isWeakHash(hash: string): boolean {
    return this.passwords.isWeak(hash);
  }

  /** @param place what the secret belongs to, as `tenants/42/openai_api_key`. */
  encrypt(plaintext: string, place: string): SealedSecret {
    return this.secrets.seal(plaintext, place);
  }

  decrypt(stored: StoredSecret, place: string): OpenedSecret {
    return this.secrets.open(stored, place);
  }

  /** The state that `decrypt` would give; decrypts nothing, so lists can afford it. */
  stateOf(stored: StoredSecret, place: string): SecretState {
    return this.secrets.stateOf(stored, place);
  }
}
