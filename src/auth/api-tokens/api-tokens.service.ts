import { timingSafeEqual } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log.service.js';
import { RouteNotFoundError } from '../../common/errors/common.errors.js';
import { isUniqueViolation } from '../../database/query-errors.js';
import { TransactionRunner } from '../../database/transaction-runner.js';
import type { Scope } from '../scope.js';
import { isScope } from '../scope.js';
import { type ApiToken, tokenState } from './api-token.entity.js';
import {
  type ApiTokenSummary,
  toApiTokenSummary,
} from './api-token-summary.js';
import { ApiTokensRepository } from './api-tokens.repository.js';
import { generateToken, hashToken, tokenId } from './token-format.js';

const DAY_MS = 86_400_000;
const TOUCH_INTERVAL_MS = 60_000;

/** Who calls the API. */
export interface ApiPrincipal {
  tokenId: string;
  scopes: readonly Scope[];
  /** The only tenant within reach; undefined for all. */
  tenantId?: number;
}

export interface NewApiToken {
  name: string;
  scopes: readonly Scope[];
  tenantId?: number;
  expiresInDays?: number;
}

@Injectable()
export class ApiTokensService {
  readonly #logger = new Logger(ApiTokensService.name);
  /** When the last use of a token was last written. */
  readonly #touched = new Map<string, number>();

  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the token itself, which is shown this once: only its hash is kept. */
  create(newToken: NewApiToken): Promise<string> {
    return this.#create(newToken, generateToken());
  }

  /**
   * Creates a token under an id that the caller has reserved with `newTokenId`.
   * @returns the token, or undefined when there is one with this id: the same form was sent again.
   */
  async createOnce(
    id: string,
    newToken: NewApiToken,
  ): Promise<string | undefined> {
    try {
      return await this.#create(newToken, generateToken(id));
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** Oldest first. */
  async list(): Promise<ApiTokenSummary[]> {
    return (await this.tokens.findAll()).map(toApiTokenSummary);
  }

  /** @throws RouteNotFoundError */
  async get(id: string): Promise<ApiTokenSummary> {
    const token = await this.tokens.findById(id);
    if (token === null) throw new RouteNotFoundError();
    return toApiTokenSummary(token);
  }

  async #create(
    { name, scopes, tenantId, expiresInDays }: NewApiToken,
    { id, token }: { id: string; token: string },
  ): Promise<string> {
    const createdAt = new Date();
    await this.transactions.run(async (manager) => {
      await this.tokens.insert(manager, {
        id,
        secretHash: hashToken(token),
        name,
        scopes: scopes.join(','),
        tenantId: tenantId ?? null,
        createdAt,
        expiresAt:
          expiresInDays === undefined
            ? null
            : new Date(createdAt.getTime() + expiresInDays * DAY_MS),
        revokedAt: null,
        lastUsedAt: null,
      });
      await this.audit.record(manager, {
        action: 'token.created',
        target: `token:${id}`,
      });
    });
    return token;
  }

  /** @returns false when there is no such token or it has been revoked already. */
  revoke(id: string): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const revoked = await this.tokens.revoke(manager, id, new Date());
      if (revoked)
        await this.audit.record(manager, {
          action: 'token.revoked',
          target: `token:${id}`,
        });
      return revoked;
    });
  }

  /** Ends the tokens that are bound to these tenants, which are gone for good. */
  async revokeOf(
    manager: EntityManager,
    tenantIds: readonly number[],
  ): Promise<void> {
    const bound = await this.tokens.findUsableOf(manager, tenantIds);
    for (const { id } of bound) {
      await this.tokens.revoke(manager, id, new Date());
      await this.audit.record(manager, {
        action: 'token.revoked',
        target: `token:${id}`,
      });
    }
  }

  /** @returns undefined for a token that is malformed, unknown, revoked or expired. */
  async authenticate(token: string): Promise<ApiPrincipal | undefined> {
    const id = tokenId(token);
    const stored = id === undefined ? null : await this.tokens.findById(id);
    if (
      stored === null ||
      !matches(stored, token) ||
      tokenState(stored) !== 'active'
    )
      return undefined;
    this.#touch(stored);
    return {
      tokenId: stored.id,
      scopes: stored.scopes.split(',').filter(isScope),
      tenantId: stored.tenantId ?? undefined,
    };
  }

  /** Notes the use in the background: no request waits for it or fails with it. */
  #touch({ id, lastUsedAt }: ApiToken): void {
    const now = Date.now();
    if (
      now - (this.#touched.get(id) ?? lastUsedAt?.getTime() ?? 0) <
      TOUCH_INTERVAL_MS
    )
      return;
    this.#touched.set(id, now);
    this.transactions
      .run((manager) => this.tokens.touch(manager, id, new Date(now)))
      .catch(() =>
        this.#logger.warn('the last use of an API token could not be written'),
      );
  }
}

function matches(stored: ApiToken, token: string): boolean {
  return timingSafeEqual(
    Buffer.from(stored.secretHash),
    Buffer.from(hashToken(token)),
  );
}
