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
   * @param caller on whose behalf, as `token:…`: what one caller asks for is bounded.
   * @throws UnavailableError when too many passwords wait to be hashed, the caller's or all.
   */
  hashPassword(password: string, caller: string): Promise<string> {
    return this.passwords.hash(password, caller);
  }

  /**
   * @param password as typed; the forms in which the old application may have hashed it are tried too.
   * @param hash undefined when there is no such account: takes as long, gives false.
   * @throws UnavailableError when too many passwords wait to be verified.
   */
  verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
    return this.passwords.verify(password, hash);
  }

  /**
   * @returns the hash that a password which has just been verified should have: the given one, unless that is cheaper or
   * dearer than today's, or of another form than NFC.
   * @throws UnavailableError as `verifyPassword` does.
   */
  renewedHash(password: string, hash: string): Promise<string> {
    return this.passwords.renewed(password, hash);
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
