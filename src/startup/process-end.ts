import { reportFailure } from './exit-codes.js';

const MAX_SHUTDOWN_MS = 25_000;

/** Ends the process when a connection that never finishes holds the shutdown up: orchestrators kill after 30 s. */
export function exitOnTime(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), MAX_SHUTDOWN_MS).unref();
    });
  }
}

/** An error that nobody caught ends the process; Node would print its message, which may quote secrets. */
export function endWithoutSecrets(): void {
  process.on('uncaughtException', (error) =>
    process.exit(reportFailure(error)),
  );
}
