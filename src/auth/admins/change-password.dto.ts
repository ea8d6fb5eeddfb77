import { IsText, Rule } from '../../common/validation/rules.js';
import { AdminPasswordField } from './create-admin.dto.js';

export class ChangePasswordDto {
  @IsText()
  @Rule('REQUIRED', (text) => text !== '')
  current_password: string;

  @AdminPasswordField()
  new_password: string;
}
