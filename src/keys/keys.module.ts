import { Module } from '@nestjs/common';
import { EncryptedRowsRepository } from './encrypted-rows.repository.js';
import { EncryptingKeyGuard } from './encrypting-key-guard.js';
import { KeyAdoptionService } from './key-adoption.service.js';
import { KeyRotationService } from './key-rotation.service.js';
import { KeysService } from './keys.service.js';

@Module({
  providers: [
    EncryptedRowsRepository,
    EncryptingKeyGuard,
    KeyAdoptionService,
    KeyRotationService,
    KeysService,
  ],
})
export class KeysModule {}
