import { AdminsService } from '../auth/admins/admins.service.js';
import { CreateAdminDto } from '../auth/admins/create-admin.dto.js';
import { DomainError } from '../common/errors/domain.error.js';
import { validateDto } from '../common/validation/validate-dto.js';
import { OperatorError } from '../startup/exit-codes.js';
import { toStdout } from '../startup/report.js';
import { readSecretFromStdin } from './read-secret.js';
import { reasonOf } from './reason-of.js';
import { type Manners, withServices } from './with-services.js';

export function create(username: string): Promise<void> {
  return withCredentials(
    username,
    async (admins, dto) => {
      await admins.create(dto);
      toStdout(`Yönetici oluşturuldu: ${dto.username}`);
    },
    { mayCreate: true },
  );
}

export function setPassword(username: string): Promise<void> {
  return withCredentials(username, async (admins, dto) => {
    if (!(await admins.setPassword(dto)))
      throw new OperatorError(
        'Bu adda bir yönetici yok; admin create ile oluşturabilirsiniz.',
      );
    toStdout(`Yöneticinin parolası değiştirildi: ${dto.username}`);
  });
}

/** The password comes by stdin, and both have to keep the rules. */
async function withCredentials(
  username: string,
  work: (admins: AdminsService, dto: CreateAdminDto) => Promise<void>,
  manners?: Manners,
): Promise<void> {
  const password = await readSecretFromStdin();
  await withServices(async (services) => {
    try {
      const dto = validateDto(
        CreateAdminDto,
        { username, password },
        { unknown: 'refuse' },
      );
      await work(services.get(AdminsService), dto);
    } catch (error) {
      throw error instanceof DomainError
        ? new OperatorError(reasonOf(error))
        : error;
    }
  }, manners);
}
