import {
  PasswordField,
  UsernameField,
} from '../../common/validation/credential-fields.js';
import { Rule } from '../../common/validation/rules.js';
import { isWellKnownPassword } from './well-known-passwords.js';

export const ADMIN_PASSWORD_MIN_LENGTH = 12;

export class CreateAdminDto {
  @UsernameField()
  username: string;

  @PasswordField(ADMIN_PASSWORD_MIN_LENGTH)
  @Rule('INVALID_FORMAT', (password) => !isWellKnownPassword(password))
  password: string;
}
