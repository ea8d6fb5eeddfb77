import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Not, type Repository } from 'typeorm';
import { READER } from '../database/data-source-options.js';
import { type HeldJob, Job } from './job.entity.js';

@Injectable()
export class JobsRepository {
  constructor(
    @InjectRepository(Job, READER) private readonly jobs: Repository<Job>,
  ) {}

  /** @param except ids of jobs that are left out. */
  findOldest(
    kind: string,
    limit: number,
    except: readonly number[],
  ): Promise<Job[]> {
    return this.jobs.find({
      where: { kind, ...(except.length > 0 && { id: Not(In([...except])) }) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  findAll(
    kind: string,
    manager: EntityManager = this.jobs.manager,
  ): Promise<Job[]> {
    return manager.find(Job, { where: { kind }, order: { id: 'ASC' } });
  }

  findBySubject(kind: string, subject: string): Promise<Job | null> {
    return this.jobs.findOneBy({ kind, subject });
  }

  async insert(
    manager: EntityManager,
    job: Pick<Job, 'kind' | 'subject' | 'holder' | 'createdAt'>,
  ): Promise<number> {
    const { identifiers } = await manager.insert(Job, job);
    // `insert` gives the generated key of each row.
    return (identifiers as [{ id: number }])[0].id;
  }

  /**
   * Gives a job to another holder, or to nobody, and raises its lease.
   * @param job as it is known; with a lease where it matters that its holder has not moved meanwhile.
   * @returns false when it is in other hands by now, or done.
   */
  async give(
    manager: EntityManager,
    { id, holder, lease }: Pick<Job, 'id' | 'holder'> & { lease?: number },
    next: string | null,
  ): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(Job)
      .set({ holder: next, lease: () => 'lease + 1' })
      .where(
        'id = :id AND holder IS :holder AND lease = coalesce(:lease, lease)',
        { id, holder, lease: lease ?? null },
      )
      .execute();
    return affected === 1;
  }

  async delete(manager: EntityManager, { id, holder }: HeldJob): Promise<void> {
    await manager.delete(Job, { id, holder });
  }
}
