import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValueRule } from './rules.js';

export interface WholeNumberRange {
  min: number;
  max: number;
  default?: number;
  /** For the documentation, in English. */
  description?: string;
  example?: number;
}

const CANONICAL = /^(?:0|[1-9]\d*)$/;

/** A query parameter of plain decimal digits, given once. Never clamped: out of range is an error. */
export function WholeNumberParameter({
  min,
  max,
  default: fallback,
  description,
  example,
}: WholeNumberRange): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: min,
      maximum: max,
      ...(fallback !== undefined && { default: fallback }),
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
    }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && CANONICAL.test(value)
        ? Number(value)
        : value,
    ),
    ValueRule('INVALID_FORMAT', (value) => typeof value === 'number'),
    ValueRule(
      'OUT_OF_RANGE',
      (value) => typeof value !== 'number' || (value >= min && value <= max),
      { min, max },
    ),
  );
}
