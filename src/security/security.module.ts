import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { CryptoService } from './crypto.service.js';
import { KeyRing } from './key-ring.js';
import { PasswordHasher } from './password-hasher.js';
import { SecretBox } from './secret-box.js';
import { Signer } from './signer.js';

@Global()
@Module({
  providers: [
    {
      provide: KeyRing,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new KeyRing(config.encryptionKeys),
    },
    {
      provide: PasswordHasher,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new PasswordHasher(config.hashCost),
    },
    SecretBox,
    Signer,
    CryptoService,
  ],
  exports: [CryptoService, KeyRing, SecretBox, Signer],
})
export class SecurityModule {}
