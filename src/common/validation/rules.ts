import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import type { FieldErrorCode } from '../errors/domain.error.js';
import { BLANK } from './patterns.js';

/** What a rule leaves on a class-validator error for `validateDto` to read. */
export interface RuleContext {
  code: FieldErrorCode;
  params?: Record<string, string | number>;
}

/** A rule over any value, reported as `code`. Every rule of a DTO is made here, which `validateDto` relies on. */
export function ValueRule(
  code: FieldErrorCode,
  accepts: (value: unknown) => boolean,
  params?: RuleContext['params'],
): PropertyDecorator {
  const context: RuleContext = { code, params };
  // class-validator drops the context of a constraint whose message is empty.
  return ValidateBy(
    {
      name: code,
      validator: { validate: accepts, defaultMessage: () => code },
    },
    { context },
  );
}

/**
 * One rule of a text field. It passes what is no text: `IsText` alone reports the type,
 * so that one wrong field yields one error.
 */
export function Rule(
  code: FieldErrorCode,
  accepts: (value: string) => boolean,
  params?: RuleContext['params'],
): PropertyDecorator {
  return ValueRule(
    code,
    (value) => typeof value !== 'string' || accepts(value),
    params,
  );
}

/** Reports a missing field as REQUIRED and anything but text, null included, as WRONG_TYPE. */
export function IsText(): PropertyDecorator {
  return applyDecorators(
    ValueRule('REQUIRED', (value) => value !== undefined),
    ValueRule(
      'WRONG_TYPE',
      (value) => value === undefined || typeof value === 'string',
    ),
    Rule('INVALID_CHARACTERS', (text) => text.isWellFormed()),
  );
}

/** Length in Unicode code points. */
export function Length(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Rule('TOO_SHORT', (text) => codePoints(text) >= min, { min }),
    Rule('TOO_LONG', (text) => codePoints(text) <= max, { max }),
  );
}

/** Text that has something to see in it. The empty string is left to `Length`. */
export function NotBlank(): PropertyDecorator {
  return Rule('INVALID_FORMAT', (text) => text === '' || !BLANK.test(text));
}

function codePoints(text: string): number {
  return [...text].length;
}
