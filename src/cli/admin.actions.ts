import { AdminsService } from '../auth/admins/admins.service.js';
import { CreateAdminDto } from '../auth/admins/create-admin.dto.js';
import { DomainError } from '../common/errors/domain.error.js';
import { validateDto } from '../common/validation/validate-dto.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { readSecretFromStdin } from './read-secret.js';
import { reasonOf } from './reason-of.js';
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
