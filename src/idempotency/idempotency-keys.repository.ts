import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  In,
  LessThan,
  MoreThanOrEqual,
  type EntityManager,
  type Repository,
} from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

@Injectable()
export class IdempotencyKeysRepository {
  constructor(
    @InjectRepository(IdempotencyKey, READER)
    private readonly keys: Repository<IdempotencyKey>,
  ) {}

  findSince(keyMac: string, oldest: Date): Promise<IdempotencyKey | null> {
    return this.keys.findOneBy({ keyMac, createdAt: MoreThanOrEqual(oldest) });
  }

  async insert(manager: EntityManager, key: IdempotencyKey): Promise<void> {
    await manager.insert(IdempotencyKey, key);
  }

  async replaceAnswers(
    manager: EntityManager,
    targets: readonly string[],
    answer: string,
  ): Promise<void> {
    await manager.update(
      IdempotencyKey,
      { target: In([...targets]) },
      { answer },
    );
  }

  async deleteOlder(manager: EntityManager, oldest: Date): Promise<void> {
    await manager.delete(IdempotencyKey, { createdAt: LessThan(oldest) });
  }
}
