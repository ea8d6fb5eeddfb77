import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { asOperator } from '../audit/audit-context.js';
import { AppConfig } from '../config/app-config.js';
import { loadConfig } from '../config/load-config.js';
import type { DatabaseFacts } from '../schema/inspect-database.js';
import { kidOf } from '../security/key-ring.js';
import { prepareEnvironment } from '../startup/first-run.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { toStderr } from '../startup/report.js';
import { CliModule } from './cli.module.js';
import { assertDatabaseExists } from './existing-database.js';

type Work = (services: INestApplicationContext) => Promise<void>;

export interface Manners {
  /** Nothing can be written by mistake, and no server has to wait. */
  readOnly?: boolean;
  /** Makes a new database where there is none: it is where an installation begins. */
  mayCreate?: boolean;
  /** Begins to use a key that no server may know yet, which only a rotation does. */
  newKey?: boolean;
  /** Judged before anything is changed. @throws OperatorError */
  check?: (facts: DatabaseFacts, config: AppConfig) => Promise<void>;
}

/** Of commands that only read. */
export const READ_ONLY: Manners = { readOnly: true };

/**
 * Runs a command's work on the migrated database, with the services that the server uses. Progress goes to stderr.
 * @throws OperatorError where there is no database, and ConfigError where it and the configuration do not fit; nothing is made.
 */
export async function withServices(
  work: Work,
  manners?: Manners,
): Promise<void> {
  if (manners?.mayCreate !== true) assertDatabaseExists();
  const config = loadConfig(await prepareEnvironment(toStderr));
  await withServicesOf(config, work, manners);
}

/** The same for a configuration that has been read already. */
export async function withServicesOf(
  config: AppConfig,
  work: Work,
  { readOnly = false, newKey = false, check }: Manners = {},
): Promise<void> {
  let known: string[] = [];
  await prepareDatabase(config, toStderr, async (facts) => {
    known = facts.keyChecks.map(({ kid }) => kid);
    await check?.(facts, config);
  });
  const { database, encryptionKeys } = config;
  const services = await NestFactory.createApplicationContext(
    CliModule.forRoot(
      new AppConfig({
        ...config,
        database: { ...database, ...(readOnly && { readOnly: true }) },
        encryptionKeys: newKey
          ? encryptionKeys
          : knownFirst(encryptionKeys, known),
      }),
    ),
    { logger: false, abortOnError: false },
  );
  try {
    await asOperator(() => work(services));
  } finally {
    await services.close();
  }
}

/** A server beside may not have been given the first key yet, and could not read what is encrypted under it. */
function knownFirst(
  keys: readonly Buffer[],
  known: readonly string[],
): Buffer[] {
  return keys.toSorted(
    (one, other) =>
      Number(known.includes(kidOf(other))) - Number(known.includes(kidOf(one))),
  );
}
