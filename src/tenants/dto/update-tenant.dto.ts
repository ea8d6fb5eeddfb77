import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  PasswordField,
  UsernameField,
} from '../../common/validation/credential-fields.js';
import {
  BusinessNameField,
  OpenAiKeyField,
  PASSWORD_MIN_LENGTH,
  SystemPromptField,
} from './tenant-fields.js';
import { OUTPUT_ONLY_FIELDS } from './tenant-response.dto.js';

/** Absent and null fields stay as they are. */
export class UpdateTenantDto {
  /**
   * The service checks the rules, and only of what differs from the stored tenant:
   * a row of the old application may break them and must still take a change elsewhere.
   */
  static readonly rulesCheckedLater = true;

  @ApiPropertyOptional({ nullable: true })
  @IsOptional()
  @UsernameField()
  username?: string | null;

  @ApiPropertyOptional({ nullable: true })
  @IsOptional()
  @PasswordField(PASSWORD_MIN_LENGTH)
  password?: string | null;

  @ApiPropertyOptional({ nullable: true })
  @IsOptional()
  @BusinessNameField()
  business_name?: string | null;

  @ApiPropertyOptional({ nullable: true })
  @IsOptional()
  @OpenAiKeyField()
  openai_api_key?: string | null;

  @ApiPropertyOptional({ nullable: true })
  @IsOptional()
  @SystemPromptField()
  system_prompt?: string | null;
}

/** A PUT may carry the whole body of a GET: what only goes out is dropped. */
export class ReplaceTenantDto extends UpdateTenantDto {
  static readonly ignoredFields = OUTPUT_ONLY_FIELDS;
}
