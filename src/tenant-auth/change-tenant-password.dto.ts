import { PasswordField } from '../common/validation/credential-fields.js';
import { IsText, Rule } from '../common/validation/rules.js';
import { PASSWORD_MIN_LENGTH } from '../tenants/dto/tenant-fields.js';

export class ChangeTenantPasswordDto {
  @IsText()
  @Rule('REQUIRED', (text) => text !== '')
  current_password: string;

  @PasswordField(PASSWORD_MIN_LENGTH)
  new_password: string;
}
