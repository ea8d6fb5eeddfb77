import { type LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Env } from '../config/env.dto.js';

/** Lines that wait for room on the disk; later ones are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

/**
 * JSON lines on stdout. Whatever is logged names its fields; nothing is logged whole.
 * The service goes on where the log's disk is full or its reader has gone.
 */
export function createLogger(level: Env['LOG_LEVEL']): Logger {
  const stdout = pino.destination({
    fd: process.stdout.fd,
    sync: true,
    maxLength: MAX_WAITING_BYTES,
  });
  stdout.on('error', () => undefined);
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stdout,
  );
}

/** Nest's own lines and those of our services, through pino. */
export class PinoLoggerService implements LoggerService {
  constructor(private readonly logger: Logger) {}

  /** Nest reports every module and route that it loads: of use to whoever debugs, noise to everybody else. */
  log(message: unknown, context?: unknown): void {
    this.#write('debug', message, context);
  }

  warn(message: unknown, context?: unknown): void {
    this.#write('warn', message, context);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest.at(-1));
  }

  debug(message: unknown, context?: unknown): void {
    this.#write('debug', message, context);
  }

  verbose(message: unknown, context?: unknown): void {
    this.#write('trace', message, context);
  }

  #write(
    level: 'info' | 'warn' | 'error' | 'debug' | 'trace',
    message: unknown,
    context: unknown,
  ): void {
    const fields =
      typeof message === 'object' && message !== null
        ? message
        : { msg: String(message) };
    this.logger[level]({
      ...(typeof context === 'string' && { context }),
      ...fields,
    });
  }
}
