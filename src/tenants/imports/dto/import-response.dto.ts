import { ApiProperty } from '@nestjs/swagger';
import type { TenantImport } from '../tenant-import.entity.js';

const SHOWN_STATES = ['pending', 'running', 'finished'] as const;

export class ImportResponseDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 7 })
  id: number;

  @ApiProperty({ enum: SHOWN_STATES, example: 'running' })
  state: string;

  @ApiProperty({
    description: 'Only checks the rows; adds nothing and hashes nothing.',
    example: false,
  })
  dry_run: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Rows of the file.',
    example: 10_000,
  })
  total: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Rows that are done, well or not.',
    example: 2_500,
  })
  processed: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'Tenants added; 0 in a dry run.',
    example: 2_498,
  })
  added: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 2 })
  failed: number;

  @ApiProperty({ format: 'date-time', example: '2026-11-22T18:39:00.000Z' })
  created_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-22T18:39:01.000Z',
  })
  started_at: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  })
  finished_at: string | null;
}

export function toImportResponse(job: TenantImport): ImportResponseDto {
  return {
    id: job.id,
    state: job.state,
    dry_run: job.dryRun,
    total: job.total,
    processed: job.processed,
    added: job.added,
    failed: job.failed,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    finished_at: job.finishedAt?.toISOString() ?? null,
  };
}
