import { ChangePasswordDto } from '../../auth/admins/change-password.dto.js';
import { ValidationFailedError } from '../../common/errors/common.errors.js';
import { validateDto } from '../../common/validation/validate-dto.js';
import { formText } from './form-text.js';

/** @throws ValidationFailedError, also when the new password was not typed twice alike. */
export function changePasswordDto(form: unknown): ChangePasswordDto {
  const dto = validateDto(
    ChangePasswordDto,
    {
      current_password: formText(form, 'current_password'),
      new_password: formText(form, 'new_password'),
    },
    { unknown: 'refuse' },
  );
  const again = formText(form, 'new_password_again').normalize('NFC');
  if (again !== dto.new_password)
    throw new ValidationFailedError([
      { pointer: '/new_password_again', code: 'INVALID_FORMAT' },
    ]);
  return dto;
}
