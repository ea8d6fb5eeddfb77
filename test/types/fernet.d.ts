/** The part of the npm package `fernet` (no types of its own) that the tests use. */
declare module 'fernet' {
  export class Secret {
    constructor(key: string);
    readonly signingKeyHex: string;
  }

  export interface TokenOptions {
    secret: Secret;
    token?: string;
    /** Seconds; 0 means no limit, absent means 60. */
    ttl?: number;
    time?: Date;
    iv?: readonly number[];
  }

  export class Token {
    constructor(options: TokenOptions);
    encode(message: string): string;
    decode(): string;
  }
}
