import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  CONTROL,
  CONTROL_BUT_TAB_AND_LINE_ENDS,
  PRINTABLE_ASCII,
} from '../../common/validation/patterns.js';
import {
  IsText,
  Length,
  NotBlank,
  Rule,
} from '../../common/validation/rules.js';

export const DEFAULT_SYSTEM_PROMPT =
  'Sen bir sanal resepsiyonistsin. Müşterilere profesyonel ve nazik bir şekilde yardımcı oluyorsun.';

export const PASSWORD_MIN_LENGTH = 6;
export const SYSTEM_PROMPT_MAX_LENGTH = 32_000;

export function BusinessNameField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: 1,
      maxLength: 255,
      example: 'Güneş Diş Kliniği',
    }),
    IsText(),
    Rule('INVALID_CHARACTERS', (text) => !CONTROL.test(text)),
    Length(1, 255),
    NotBlank(),
  );
}

export function OpenAiKeyField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: 20,
      maxLength: 512,
      pattern: PRINTABLE_ASCII.source,
      writeOnly: true,
      example: 'sk-proj-ornek-anahtar-1b2A',
    }),
    IsText(),
    Rule('INVALID_CHARACTERS', (text) => PRINTABLE_ASCII.test(text)),
    Length(20, 512),
  );
}

export function SystemPromptField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: 10,
      maxLength: SYSTEM_PROMPT_MAX_LENGTH,
      example: 'Sen Güneş Diş Kliniği’nin sanal resepsiyonistisin.',
    }),
    IsText(),
    Rule(
      'INVALID_CHARACTERS',
      (text) => !CONTROL_BUT_TAB_AND_LINE_ENDS.test(text),
    ),
    Length(10, SYSTEM_PROMPT_MAX_LENGTH),
  );
}
