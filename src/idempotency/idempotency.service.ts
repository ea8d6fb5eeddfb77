import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isUniqueViolation } from '../database/query-errors.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { SteadyClock } from '../maintenance/steady-clock.js';
import { Signer } from '../security/signer.js';
import {
  IdempotencyInProgressError,
  IdempotencyKeyReusedError,
} from './idempotency.errors.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

const KEPT_MS = 24 * 3_600_000;
/** No JSON: no answer that is given is like it. */
const FORGOTTEN = '';

/** A request that may be repeated, by its signatures. */
export interface RepeatableRequest {
  keyMac: string;
  requestMac: string;
}

export interface Reply {
  /** Undefined when what had been answered is gone for good. */
  body: unknown;
  /** Whether it is the answer of an earlier request. */
  replayed: boolean;
}

interface KeepOptions {
  target?: string | null;
  bodyDigest?: string;
}

/**
 * Lets a request be repeated safely: its answer is stored in the transaction of its change, and a repeated request
 * is given that instead of being carried out again.
 */
@Injectable()
export class IdempotencyService {
  readonly #current = new AsyncLocalStorage<RepeatableRequest>();
  /** Signatures of the requests that this process is at work on, by those of their keys. */
  readonly #inProgress = new Map<string, string>();

  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly signer: Signer,
    private readonly transactions: TransactionRunner,
    private readonly clock: SteadyClock,
  ) {}

  /**
   * @param owner whose key it is: two callers may choose the same one.
   * @param parts all that makes two requests the same.
   */
  describe(
    owner: string,
    key: string,
    parts: readonly string[],
  ): RepeatableRequest {
    const sign = (...texts: string[]) =>
      this.signer.sign('idempotency', JSON.stringify(texts));
    return {
      keyMac: sign('key', owner, key),
      requestMac: sign('request', ...parts),
    };
  }

  /**
   * Carries the request out unless it has been before.
   * @param digestOfBody of a request whose body is not in its parts, because whoever carries it out reads it piece by
   * piece, and tells its digest to `keep`.
   * @throws IdempotencyInProgressError, IdempotencyKeyReusedError
   */
  async once(
    request: RepeatableRequest,
    work: () => Promise<unknown>,
    digestOfBody?: () => Promise<string>,
  ): Promise<Reply> {
    const { keyMac, requestMac } = request;
    const other = this.#inProgress.get(keyMac);
    if (other !== undefined)
      throw other === requestMac
        ? new IdempotencyInProgressError()
        : new IdempotencyKeyReusedError();
    this.#inProgress.set(keyMac, requestMac);
    try {
      const stored = await this.keys.findSince(
        keyMac,
        await this.#oldestKept(),
      );
      if (stored === null)
        return {
          body: await this.#current.run(request, work),
          replayed: false,
        };
      const repeated = this.#withBody(request, await digestOfBody?.());
      if (stored.requestMac !== repeated.requestMac)
        throw new IdempotencyKeyReusedError();
      const body: unknown =
        stored.answer === FORGOTTEN ? undefined : JSON.parse(stored.answer);
      return { body, replayed: true };
    } finally {
      this.#inProgress.delete(keyMac);
    }
  }

  /**
   * Keeps the answer of the request that is being handled, if it may be repeated. Whoever changes something on behalf of
   * a request calls it last, in the transaction of the change.
   * @param options.target whose data the answer holds, as the audit trail names it.
   * @param options.bodyDigest of a request that was read piece by piece.
   * @throws IdempotencyInProgressError when another process has carried out the same request meanwhile: this change is undone.
   */
  async keep(
    manager: EntityManager,
    body: object,
    { target = null, bodyDigest }: KeepOptions = {},
  ): Promise<void> {
    const request = this.#current.getStore();
    if (request === undefined) return;
    try {
      await this.keys.deleteOlder(manager, await this.#oldestKept());
      await this.keys.insert(manager, {
        ...this.#withBody(request, bodyDigest),
        answer: JSON.stringify(body),
        target,
        createdAt: new Date(),
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new IdempotencyInProgressError() : error;
    }
  }

  async forgetOld(): Promise<void> {
    const oldest = await this.#oldestKept();
    await this.transactions.run((manager) =>
      this.keys.deleteOlder(manager, oldest),
    );
  }

  /** Takes away what was answered about these. Their keys stay, so that a repeated request is not carried out again. */
  async forgetAnswers(
    manager: EntityManager,
    targets: readonly string[],
  ): Promise<void> {
    await this.keys.replaceAnswers(manager, targets, FORGOTTEN);
  }

  #withBody(
    request: RepeatableRequest,
    digest: string | undefined,
  ): RepeatableRequest {
    if (digest === undefined) return request;
    const requestMac = this.signer.sign(
      'idempotency',
      `${request.requestMac}${digest}`,
    );
    return { ...request, requestMac };
  }

  async #oldestKept(): Promise<Date> {
    return new Date((await this.clock.now()).getTime() - KEPT_MS);
  }
}
