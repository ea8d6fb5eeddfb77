import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { UsernameField } from '../../../common/validation/credential-fields.js';

export class RestoreTenantDto {
  @ApiPropertyOptional({
    nullable: true,
    description:
      'A new username, for when the old one is in use; null or absent for the old one.',
  })
  @IsOptional()
  @UsernameField()
  username?: string | null;
}
