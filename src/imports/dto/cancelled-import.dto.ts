import { PickType } from '@nestjs/swagger';
import { ImportResponseDto } from './import-response.dto.js';

/** What a caller who may write and not read learns of an import that it has ended. */
export class CancelledImportDto extends PickType(ImportResponseDto, [
  'id',
  'state',
]) {}
