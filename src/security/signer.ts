import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';

/** What a signature is for; one of one purpose is worth nothing for another. */
export type SigningPurpose =
  | 'session'
  | 'tenant-session'
  | 'tenant-password'
  | 'csrf'
  | 'idempotency'
  | 'device';

/** HMAC-SHA256 signatures under keys derived (HKDF, RFC 5869) from SECRET_KEY, one for each purpose. */
@Injectable()
export class Signer {
  readonly #keys: Record<SigningPurpose, Buffer>;

  constructor({ secretKey }: AppConfig) {
    this.#keys = {
      session: derive(secretKey, 'session'),
      'tenant-session': derive(secretKey, 'tenant-session'),
      'tenant-password': derive(secretKey, 'tenant-password'),
      csrf: derive(secretKey, 'csrf'),
      idempotency: derive(secretKey, 'idempotency'),
      device: derive(secretKey, 'device'),
    };
  }

  /** @returns 43 characters of base64url. */
  sign(purpose: SigningPurpose, text: string): string {
    return createHmac('sha256', this.#keys[purpose])
      .update(text)
      .digest('base64url');
  }

  verify(purpose: SigningPurpose, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, text));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function derive(secretKey: string, purpose: SigningPurpose): Buffer {
  return Buffer.from(
    hkdfSync('sha256', secretKey, '', `sanal-resepsiyonist/${purpose}/v1`, 32),
  );
}
