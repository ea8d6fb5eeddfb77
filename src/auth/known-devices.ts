import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Signer } from '../security/signer.js';
import type { GuessedAccount } from './guessed-account.js';

/** How long a browser is known after a sign-in. */
export const DEVICE_LIFETIME_MS = 180 * 24 * 3_600_000;
/** Accounts that one browser is known to. */
const MAX_ACCOUNTS = 8;
const ENTRY =
  /^(admin|tenant)\.([1-9]\d{0,15})\.([\w-]{22})\.(\d{1,13})\.([\w-]{43})$/;

interface Entry {
  text: string;
  account: string;
  id: string;
  expires: string;
  signature: string;
}

/**
 * Browsers in which an account has been opened before, as OWASP's "device cookies" have it: strangers who guess at an
 * account cannot lock out those that it belongs to. Opens nothing by itself, and ends with the password.
 */
@Injectable()
export class KnownDevices {
  constructor(private readonly signer: Signer) {}

  /**
   * @param cookies the values that the browser has sent.
   * @returns the value to give it now: this account, and those that it is known to already.
   */
  remember(account: GuessedAccount, cookies: readonly string[]): string {
    const id = randomBytes(16).toString('base64url');
    const expires = String(Date.now() + DEVICE_LIFETIME_MS);
    const name = nameOf(account);
    const signature = this.#sign(account, id, expires);
    const others = entriesOf(cookies).filter((entry) => entry.account !== name);
    return [
      `${name}.${id}.${expires}.${signature}`,
      ...others.slice(0, MAX_ACCOUNTS - 1).map(({ text }) => text),
    ].join('~');
  }

  /** @returns the id of the browser when it is known to this account. */
  find(
    account: GuessedAccount,
    cookies: readonly string[],
  ): string | undefined {
    const name = nameOf(account);
    return entriesOf(cookies).find(
      ({ account: whose, id, expires, signature }) =>
        whose === name &&
        Number(expires) > Date.now() &&
        this.signer.verify('device', signed(account, id, expires), signature),
    )?.id;
  }

  #sign(account: GuessedAccount, id: string, expires: string): string {
    return this.signer.sign('device', signed(account, id, expires));
  }
}

function nameOf({ kind, id }: GuessedAccount): string {
  return `${kind}.${id}`;
}

function signed(
  { kind, id, passwordHash }: GuessedAccount,
  device: string,
  expires: string,
): string {
  return JSON.stringify([kind, id, passwordHash, device, expires]);
}

function entriesOf(cookies: readonly string[]): Entry[] {
  return cookies
    .flatMap((cookie) => cookie.split('~', MAX_ACCOUNTS))
    .flatMap((text) => {
      const [, kind, id, device, expires, signature] = ENTRY.exec(text) ?? [];
      return kind && id && device && expires && signature
        ? { text, account: `${kind}.${id}`, id: device, expires, signature }
        : [];
    });
}
