import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager, Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { Admin } from './admin.entity.js';

@Injectable()
export class AdminsRepository {
  constructor(
    @InjectRepository(Admin, READER) private readonly admins: Repository<Admin>,
  ) {}

  findByUsername(username: string): Promise<Admin | null> {
    return this.admins.findOneBy({ username });
  }

  findById(id: number): Promise<Admin | null> {
    return this.admins.findOneBy({ id });
  }

  count(manager?: EntityManager): Promise<number> {
    return (manager?.getRepository(Admin) ?? this.admins).count();
  }

  async insert(
    manager: EntityManager,
    admin: Pick<Admin, 'username' | 'passwordHash' | 'createdAt'>,
  ): Promise<number> {
    const { identifiers } = await manager.insert(Admin, admin);
    // `insert` gives the generated key of each row.
    return (identifiers as [{ id: number }])[0].id;
  }
}
