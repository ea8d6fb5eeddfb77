import { ApiProperty } from '@nestjs/swagger';
import { isoOf } from '../../common/iso-of.js';
import {
  CANCEL_REASONS,
  type CancelReason,
  type ImportState,
  type TenantImport,
} from '../tenant-import.entity.js';

const SHOWN_STATES = ['pending', 'running', 'finished', 'cancelled'] as const;

export class ImportResponseDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 7 })
  id: number;

  @ApiProperty({
    enum: SHOWN_STATES,
    description: '`cancelled`: ended before its last row.',
    example: 'running',
  })
  state: ImportState;

  @ApiProperty({
    type: String,
    enum: [...CANCEL_REASONS, null],
    nullable: true,
    description:
      'Why it was cancelled: somebody asked for it, or the token or admin who sent it may not add tenants any more.',
    example: null,
  })
  cancel_reason: CancelReason | null;

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
    description: 'When it ended, cancelled or not.',
    example: null,
  })
  finished_at: string | null;
}

export function toImportResponse(job: TenantImport): ImportResponseDto {
  return {
    id: job.id,
    state: job.state,
    cancel_reason: job.cancelReason,
    dry_run: job.dryRun,
    total: job.total,
    processed: job.processed,
    added: job.added,
    failed: job.failed,
    // A damaged date is null.
    created_at: isoOf(job.createdAt) ?? new Date(0).toISOString(),
    started_at: isoOf(job.startedAt) ?? null,
    finished_at: isoOf(job.finishedAt) ?? null,
  };
}
