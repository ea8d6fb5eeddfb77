import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, registerAs } from '@nestjs/config';
import { AppConfig } from './app-config.js';

/**
 * Makes the configuration injectable everywhere as `AppConfig`.
 * It is loaded before the application exists, because a fault must end the process before anything is opened.
 */
@Module({})
export class ConfigModule {
  static forRoot(config: AppConfig): DynamicModule {
    const app = registerAs('app', () => config);
    return {
      module: ConfigModule,
      global: true,
      imports: [
        NestConfigModule.forRoot({
          ignoreEnvFile: true,
          skipProcessEnv: true,
          load: [app],
        }),
      ],
      providers: [{ provide: AppConfig, useExisting: app.KEY }],
      exports: [AppConfig],
    };
  }
}
