import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import {
  PasswordField,
  UsernameField,
} from '../../common/validation/credential-fields.js';
import { IsText, Rule } from '../../common/validation/rules.js';
import {
  BusinessNameField,
  DEFAULT_SYSTEM_PROMPT,
  OpenAiKeyField,
  PASSWORD_MIN_LENGTH,
  SystemPromptField,
} from '../../tenants/dto/tenant-fields.js';

/** What sign-in can verify later: of a cost that is still worth its name, and none that tells by its time that the name exists. */
const BCRYPT_HASH = /^\$2[aby]\$1[0-2]\$[./A-Za-z0-9]{53}$/;

/** One line of an import: a tenant with either its password or the hash of it. */
export class ImportRowDto {
  @UsernameField()
  username: string;

  @PasswordField(PASSWORD_MIN_LENGTH)
  @ApiPropertyOptional({
    description:
      'Either this or `password_hash`. At most 72 UTF-8 bytes; no control characters.',
  })
  @ValidateIf(
    ({ password_hash }: ImportRowDto, value) =>
      value !== undefined || password_hash === undefined,
  )
  password?: string;

  @ApiPropertyOptional({
    type: String,
    pattern: BCRYPT_HASH.source,
    writeOnly: true,
    description:
      'Either this or `password`. A bcrypt hash of cost 10 to 12, stored as it is.',
    example: `$2y$12$${'.'.repeat(53)}`,
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsText()
  @Rule('INVALID_FORMAT', (text) => BCRYPT_HASH.test(text))
  password_hash?: string;

  @BusinessNameField()
  business_name: string;

  @OpenAiKeyField()
  openai_api_key: string;

  @SystemPromptField()
  @ApiPropertyOptional({ default: DEFAULT_SYSTEM_PROMPT })
  @ValidateIf((_, value) => value !== undefined)
  system_prompt: string = DEFAULT_SYSTEM_PROMPT;
}
