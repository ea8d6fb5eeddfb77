import { ApiProperty } from '@nestjs/swagger';

export class LiveDto {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

export class PartStatusDto {
  @ApiProperty({ enum: ['up', 'down'] })
  status: 'up' | 'down';
}

const PARTS = {
  type: 'object',
  additionalProperties: { $ref: '#/components/schemas/PartStatusDto' },
  description:
    'By part: `database`, `migrations`, `encryption_key`, `audit`, `draining`.',
} as const;

const ALL_UP = {
  draining: { status: 'up' },
  database: { status: 'up' },
  migrations: { status: 'up' },
  encryption_key: { status: 'up' },
  audit: { status: 'up' },
} as const;

/** What Terminus answers with. */
export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'error', 'shutting_down'] })
  status: string;

  @ApiProperty({
    ...PARTS,
    description: `The parts that are up. ${PARTS.description}`,
    example: ALL_UP,
  })
  info: Record<string, PartStatusDto>;

  @ApiProperty({
    ...PARTS,
    description: 'The parts that are down.',
    example: {},
  })
  error: Record<string, PartStatusDto>;

  @ApiProperty({ ...PARTS, description: 'All parts.', example: ALL_UP })
  details: Record<string, PartStatusDto>;
}

/** The answer while the database is away, for the documentation. */
export const NOT_READY: ReadinessDto = {
  status: 'error',
  info: {
    draining: { status: 'up' },
    encryption_key: { status: 'up' },
    audit: { status: 'up' },
  },
  error: { database: { status: 'down' }, migrations: { status: 'down' } },
  details: {
    ...ALL_UP,
    database: { status: 'down' },
    migrations: { status: 'down' },
  },
};
