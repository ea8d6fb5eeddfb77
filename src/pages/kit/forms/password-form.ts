import { ValidationFailedError } from '../../../common/errors/common.errors.js';
import { passwordForm } from '../../../common/password-text.js';
import {
  type DtoClass,
  validateDto,
} from '../../../common/validation/validate-dto.js';
import { formText } from './form-text.js';

/**
 * @param type with the rules of the new password, which are stricter for admins.
 * @throws ValidationFailedError, also when the new password was not typed twice alike.
 */
export function changePasswordDto<T extends { new_password: string }>(
  type: DtoClass<T>,
  form: unknown,
): T {
  const dto = validateDto(
    type,
    {
      current_password: formText(form, 'current_password'),
      new_password: formText(form, 'new_password'),
    },
    { unknown: 'refuse' },
  );
  const again = passwordForm(formText(form, 'new_password_again'));
  if (again !== dto.new_password)
    throw new ValidationFailedError([
      { pointer: '/new_password_again', code: 'INVALID_FORMAT' },
    ]);
  return dto;
}
