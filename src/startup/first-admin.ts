import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { AdminsService } from '../auth/admins/admins.service.js';
import { CreateAdminDto } from '../auth/admins/create-admin.dto.js';
import { ValidationFailedError } from '../common/errors/common.errors.js';
import { UsernameTakenError } from '../common/errors/username-taken.error.js';
import { fieldErrorMessage } from '../common/i18n/messages.js';
import { validateDto } from '../common/validation/validate-dto.js';
import type { AppConfig } from '../config/app-config.js';
import { ConfigError } from '../config/config.error.js';
import { readSecretFile } from '../config/secret-file.js';
import type { DatabaseFacts } from '../schema/inspect-database.js';
import { undelivered } from './exit-codes.js';
import { delivered } from './output.js';
import type { Report } from './report.js';

export interface FirstAdmin {
  credentials: CreateAdminDto;
  generated: boolean;
  /** Whether a tenant of an old database, adopted at this start, may have the same name: both can sign in then. */
  besideTenant: boolean;
}

/**
 * Who the first admin will be, if there is none: from ADMIN_PASSWORD_FILE, or outside production with a generated password.
 * Judged before the database is touched.
 * @throws ConfigError when the file is unreadable, its password breaks the rules, or the name is a tenant's.
 */
export function chooseFirstAdmin(
  { firstAdmin: { username, passwordFile }, production }: AppConfig,
  { admins, kind, namesakes }: DatabaseFacts,
): FirstAdmin | undefined {
  if (admins > 0) return undefined;
  if (passwordFile === undefined && production) return undefined;
  if (namesakes > 0) throw nameTaken();
  const besideTenant = kind === 'legacy';
  if (passwordFile !== undefined)
    return {
      credentials: credentialsFromFile(username, passwordFile),
      generated: false,
      besideTenant,
    };
  const password = randomBytes(15).toString('base64url');
  return {
    credentials: validateDto(
      CreateAdminDto,
      { username, password },
      { unknown: 'refuse' },
    ),
    generated: true,
    besideTenant,
  };
}

/**
 * Creates the admin unless another process was faster. A generated password is told this once.
 * @throws OutputError when it cannot be told: then there is no admin.
 */
export async function createFirstAdmin(
  app: INestApplicationContext,
  { credentials, generated, besideTenant }: FirstAdmin,
  report: Report,
): Promise<void> {
  const tell = async (): Promise<void> => {
    report(`İlk yönetici oluşturuldu: ${credentials.username}`);
    if (!generated) return;
    report(`Parola: ${credentials.password}`);
    await delivered().catch((error: unknown) => {
      throw undelivered(error);
    });
  };
  try {
    await app.get(AdminsService).createFirst(credentials, {
      tell,
      besideTenant,
    });
  } catch (error) {
    throw error instanceof UsernameTakenError ? nameTaken() : error;
  }
}

function nameTaken(): ConfigError {
  return new ConfigError([
    {
      variable: 'ADMIN_USERNAME',
      reason: 'bu adda bir müşteri var; bir ad yalnızca bir hesabın olabilir',
      hint: 'İlk yöneticiye başka bir ad verin.',
    },
  ]);
}

function credentialsFromFile(username: string, file: string): CreateAdminDto {
  try {
    return validateDto(
      CreateAdminDto,
      { username, password: readSecretFile(file) },
      { unknown: 'refuse' },
    );
  } catch (error) {
    const reason =
      error instanceof ValidationFailedError
        ? error.fields.map((field) => fieldErrorMessage('tr', field)).join(' ')
        : error instanceof Error
          ? error.message
          : 'geçersiz';
    throw new ConfigError([{ variable: 'ADMIN_PASSWORD_FILE', reason }]);
  }
}
