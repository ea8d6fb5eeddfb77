import { AdminsService } from '../auth/admins/admins.service.js';
import { CreateAdminDto } from '../auth/admins/create-admin.dto.js';
import { DomainError } from '../common/errors/domain.error.js';
import { fieldErrorMessage, messages } from '../common/i18n/messages.js';
import { validateDto } from '../common/validation/validate-dto.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { readSecretFromStdin } from './read-secret.js';
import { withServices } from './with-services.js';

export async function create(username: string): Promise<void> {
  const password = await readSecretFromStdin();
  await withServices(async (services) => {
    try {
      const dto = validateDto(
        CreateAdminDto,
        { username, password },
        { unknown: 'refuse' },
      );
      await services.get(AdminsService).create(dto);
      toStdout(`Yönetici oluşturuldu: ${dto.username}`);
    } catch (error) {
      throw error instanceof DomainError
        ? new OperatorError(reasonOf(error))
        : error;
    }
  });
}

function reasonOf(error: DomainError): string {
  if (error.fields.length === 0)
    return messages('tr').errors[error.code].detail;
  return error.fields.map((field) => fieldErrorMessage('tr', field)).join('\n');
}
