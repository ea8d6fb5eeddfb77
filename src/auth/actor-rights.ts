import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdminsRepository } from './admins/admins.repository.js';
import { tokenState } from './api-tokens/api-token.entity.js';
import { ApiTokensRepository } from './api-tokens/api-tokens.repository.js';
import type { LostRight } from './lost-right.js';
import type { Scope } from './scope.js';

/** Whether those who have asked for work that takes long may still have it done. */
@Injectable()
export class ActorRights {
  constructor(
    private readonly tokens: ApiTokensRepository,
    private readonly admins: AdminsRepository,
  ) {}

  /**
   * @param actor as in the audit trail; the operator and the system may do everything.
   * @param scope that a token needs, bound to no tenant; admins need none.
   * @returns undefined while the actor may.
   */
  async findLost(
    manager: EntityManager,
    actor: string,
    scope: Scope,
  ): Promise<LostRight | undefined> {
    const [kind, id = ''] = actor.split(':', 2);
    if (kind === 'admin') return this.#ofAdmin(manager, Number(id));
    return kind === 'token' ? this.#ofToken(manager, id, scope) : undefined;
  }

  async #ofAdmin(
    manager: EntityManager,
    id: number,
  ): Promise<LostRight | undefined> {
    const admin = await this.admins.findById(id, manager);
    return admin?.disabledAt === null ? undefined : 'admin_disabled';
  }

  async #ofToken(
    manager: EntityManager,
    id: string,
    scope: Scope,
  ): Promise<LostRight | undefined> {
    const token = await this.tokens.findById(id, manager);
    const state = token === null ? 'revoked' : tokenState(token);
    if (token === null || state === 'revoked') return 'token_revoked';
    if (state === 'expired') return 'token_expired';
    return token.tenantId === null && token.scopes.split(',').includes(scope)
      ? undefined
      : 'scope_removed';
  }
}
