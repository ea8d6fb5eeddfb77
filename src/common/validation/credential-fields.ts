import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { PASSWORD_MAX_BYTES, passwordForm } from '../password-text.js';
import { CONTROL, USERNAME_CHARACTERS, USERNAME_PATTERN } from './patterns.js';
import { IsText, Length, Rule } from './rules.js';

/** 3 to 100 ASCII characters, folded to lower case. */
export function UsernameField(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength: 3,
      maxLength: 100,
      pattern: USERNAME_PATTERN.source,
      example: 'gunes_dis',
    }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? foldUsername(value) : value,
    ),
    IsText(),
    Rule('INVALID_CHARACTERS', (text) => USERNAME_CHARACTERS.test(text)),
    Length(3, 100),
    Rule('INVALID_FORMAT', (text) => USERNAME_PATTERN.test(text)),
  );
}

/** At most 72 UTF-8 bytes (bcrypt would cut the rest), measured like all else on the NFC form. */
export function PasswordField(minLength: number): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      format: 'password',
      minLength,
      maxLength: PASSWORD_MAX_BYTES,
      writeOnly: true,
      description: 'At most 72 UTF-8 bytes; no control characters.',
      example: 'guclu-bir-parola',
    }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? passwordForm(value) : value,
    ),
    IsText(),
    Rule('INVALID_CHARACTERS', (text) => !CONTROL.test(text)),
    Rule('TOO_SHORT', (text) => [...text].length >= minLength, {
      min: minLength,
    }),
    Rule(
      'TOO_LONG',
      (text) => Buffer.byteLength(text, 'utf8') <= PASSWORD_MAX_BYTES,
      { max: PASSWORD_MAX_BYTES },
    ),
  );
}

/** ASCII letters only: other scripts are refused, and JavaScript's own folding would turn some of them into ASCII. */
export function foldUsername(username: string): string {
  return username.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
