import { applyDecorators } from '@nestjs/common';
import {
  PasswordField,
  UsernameField,
} from '../../common/validation/credential-fields.js';
import { Rule } from '../../common/validation/rules.js';
import { isWellKnownPassword } from './well-known-passwords.js';

export const ADMIN_PASSWORD_MIN_LENGTH = 12;

/** At least 12 characters, at most 72 bytes, and none of the well-known ones. */
export function AdminPasswordField(): PropertyDecorator {
  return applyDecorators(
    PasswordField(ADMIN_PASSWORD_MIN_LENGTH),
    Rule('INVALID_FORMAT', (password) => !isWellKnownPassword(password)),
  );
}

export class CreateAdminDto {
  @UsernameField()
  username: string;

  @AdminPasswordField()
  password: string;
}
