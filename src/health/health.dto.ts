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
    'By part: `database`, `migrations`, `encryption_key`, `draining`.',
} as const;

/** What Terminus answers with. */
export class ReadinessDto {
  @ApiProperty({ enum: ['ok', 'error', 'shutting_down'] })
  status: string;

  @ApiProperty({
    ...PARTS,
    description: `The parts that are up. ${PARTS.description}`,
  })
  info: Record<string, PartStatusDto>;

  @ApiProperty({ ...PARTS, description: 'The parts that are down.' })
  error: Record<string, PartStatusDto>;

  @ApiProperty({ ...PARTS, description: 'All parts.' })
  details: Record<string, PartStatusDto>;
}
