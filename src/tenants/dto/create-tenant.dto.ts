import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import {
  PasswordField,
  UsernameField,
} from '../../common/validation/credential-fields.js';
import {
  BusinessNameField,
  DEFAULT_SYSTEM_PROMPT,
  OpenAiKeyField,
  PASSWORD_MIN_LENGTH,
  SystemPromptField,
} from './tenant-fields.js';

export class CreateTenantDto {
  @UsernameField()
  username: string;

  @PasswordField(PASSWORD_MIN_LENGTH)
  password: string;

  @BusinessNameField()
  business_name: string;

  @OpenAiKeyField()
  openai_api_key: string;

  @SystemPromptField()
  @ApiPropertyOptional({ default: DEFAULT_SYSTEM_PROMPT })
  @ValidateIf((_, value) => value !== undefined)
  system_prompt: string = DEFAULT_SYSTEM_PROMPT;
}
