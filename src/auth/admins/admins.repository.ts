import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Not, type Repository } from 'typeorm';
import { READER } from '../../database/data-source-options.js';
import { TableGateway } from '../../database/table-gateway.js';
import { AccountNames } from '../account-names.js';
import { Admin } from './admin.entity.js';

@Injectable()
export class AdminsRepository implements OnModuleInit {
  readonly #table: TableGateway<Admin>;

  constructor(
    @InjectRepository(Admin, READER) private readonly admins: Repository<Admin>,
    private readonly names: AccountNames,
  ) {
    this.#table = new TableGateway(admins);
  }

  onModuleInit(): void {
    this.names.addKind((names, manager) => this.#findTaken(names, manager));
  }

  findByUsername(username: string): Promise<Admin | null> {
    return this.admins.findOneBy({ username });
  }

  findById(id: number, manager?: EntityManager): Promise<Admin | null> {
    return this.#table.findOne('id = ?', [id], manager);
  }

  findAll(): Promise<Admin[]> {
    return this.admins.find({ order: { username: 'ASC' } });
  }

  countActive(manager: EntityManager): Promise<number> {
    return this.#source(manager).countBy({ disabledAt: IsNull() });
  }

  count(manager?: EntityManager): Promise<number> {
    return this.#source(manager).count();
  }

  /** @throws UsernameTakenError when an account of whatever kind has the name. */
  assertNameFree(username: string, manager: EntityManager): Promise<void> {
    return this.names.assertFree(username, manager);
  }

  async insert(
    manager: EntityManager,
    admin: Pick<Admin, 'username' | 'passwordHash' | 'createdAt'>,
  ): Promise<number> {
    const { identifiers } = await manager.insert(Admin, admin);
    // `insert` gives the generated key of each row.
    return (identifiers as [{ id: number }])[0].id;
  }

  /**
   * @param currentHash of the same password.
   * @returns false unless the admin is active and the password still the one that was checked.
   */
  async markSignedIn(
    manager: EntityManager,
    { id, passwordHash }: Pick<Admin, 'id' | 'passwordHash'>,
    currentHash: string,
    lastSignedInAt: Date,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      Admin,
      { id, passwordHash, disabledAt: IsNull() },
      { passwordHash: currentHash, lastSignedInAt },
    );
    return affected === 1;
  }

  /** @returns false unless the admin is active and the password still the one that was checked. */
  async replacePassword(
    manager: EntityManager,
    { id, passwordHash }: Pick<Admin, 'id' | 'passwordHash'>,
    newHash: string,
    updatedAt: Date,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      Admin,
      { id, passwordHash, disabledAt: IsNull() },
      { passwordHash: newHash, updatedAt },
    );
    return affected === 1;
  }

  /** Whatever the password is now. @returns the admin's id; undefined when there is none of that name. */
  async setPassword(
    manager: EntityManager,
    username: string,
    passwordHash: string,
    updatedAt: Date,
  ): Promise<number | undefined> {
    const admin = await this.#source(manager).findOneBy({ username });
    if (admin === null) return undefined;
    await manager.update(Admin, { id: admin.id }, { passwordHash, updatedAt });
    return admin.id;
  }

  /** @returns false when there is no such admin or it is disabled already. */
  async disable(
    manager: EntityManager,
    id: number,
    disabledAt: Date,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      Admin,
      { id, disabledAt: IsNull() },
      { disabledAt, updatedAt: disabledAt },
    );
    return affected === 1;
  }

  /** @returns false when there is no such admin or it is active already. */
  async enable(
    manager: EntityManager,
    id: number,
    updatedAt: Date,
  ): Promise<boolean> {
    const { affected } = await manager.update(
      Admin,
      { id, disabledAt: Not(IsNull()) },
      { disabledAt: null, updatedAt },
    );
    return affected === 1;
  }

  async #findTaken(
    names: readonly string[],
    manager: EntityManager = this.admins.manager,
  ): Promise<string[]> {
    const found = await manager.query<{ name: string }[]>(
      'SELECT username AS name FROM admins WHERE username IN (SELECT value FROM json_each(?))',
      [JSON.stringify(names)],
    );
    return found.map(({ name }) => name);
  }

  #source(manager: EntityManager | undefined): Repository<Admin> {
    return manager?.getRepository(Admin) ?? this.admins;
  }
}
